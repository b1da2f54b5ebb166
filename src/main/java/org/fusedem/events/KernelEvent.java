package org.fusedem.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** {@code org.fusedem.Kernel}: which kernel a fit goes to, and why. */
@Name("org.fusedem.Kernel")
@Label("Kernel Chosen")
@Category("fusedem")
@Description("Which kernel does the arithmetic of the fit that follows")
@StackTrace(false)
final class KernelEvent extends Event {
    private static final KernelEvent SWITCH = new KernelEvent();

    @Label("Kernel")
    String kernel;

    @Label("Vector Bits")
    int vectorBits;

    @Label("Reason")
    @Description("asked: by the caller; forced: by the system property; only: no vectors here; large: enough work to"
            + " warm up on the way; warm: compiled; cold: small, and not compiled")
    String reason;

    static boolean isOn() {
        return SWITCH.isEnabled();
    }

    static void record(String kernel, int vectorBits, String reason) {
        KernelEvent event = new KernelEvent();
        event.kernel = kernel;
        event.vectorBits = vectorBits;
        event.reason = reason;
        event.commit();
    }
}
