package org.fusedem.kernel;

class ScalarKernelTest extends KernelContract {
    @Override
    Kernel kernel() {
        return new ScalarKernel();
    }

    @Override
    boolean computesInOwnType() {
        return false;
    }
}
