package org.fusedem.kernel;

class VectorKernelTest extends KernelContract {
    @Override
    Kernel kernel() {
        return new VectorKernel();
    }

    @Override
    boolean computesInOwnType() {
        return true;
    }
}
