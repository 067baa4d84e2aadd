package io.quarkiverse.hume.test;

/** How the emulator answers requests for everything but access tokens, and handshakes of sockets. */
public final class Api {

    private final ControlApi control;

    Api(ControlApi control) {
        this.control = control;
    }

    /** From now on, in place of the fault there may be. */
    public void fail(HumeFault fault) {
        control.put("/api/fault", fault.toJson());
    }

    /** All requests are answered with this status from now on. */
    public void fail(int status) {
        fail(HumeFault.status(status));
    }

    /** Ends the fault there may be. */
    public void recover() {
        control.delete("/api/fault");
    }
}
