package org.fusedem.kernel;

/** A process that prints which kernel it has chosen. {@link KernelsTest} starts it. */
final class ChosenKernel {
    private ChosenKernel() {}

    public static void main(String[] args) {
        System.out.println(Kernels.chosen().name() + ", " + Kernels.chosen().vectorBits() + " bits");
    }
}
