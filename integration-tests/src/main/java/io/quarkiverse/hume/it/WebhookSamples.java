package io.quarkiverse.hume.it;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;

/** Makes the emulator send webhooks to this application: genuine ones, and ones that have to be rejected. */
@Path("/webhooks/samples")
@Authenticated
public class WebhookSamples {

    private static final int TEN_MINUTES_AGO = -600;

    private final EmulatedHume hume;

    public WebhookSamples(EmulatedHume hume) {
        this.hume = hume;
    }

    public enum Kind {
        GENUINE,
        /** With a wrong signature. */
        CORRUPT,
        /** Signed ten minutes ago. */
        STALE,
        /** The same delivery twice. */
        REPLAY
    }

    public record Sample(Kind kind) {
    }

    /** @return the status with which this application answered each delivery */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public EmulatorControl.Delivery send(Sample sample, HttpServerRequest request) {
        if (sample == null || sample.kind() == null) {
            throw new BadRequestException("Name a kind");
        }
        String here = "http://localhost:" + request.localAddress().port() + HumeEvents.PATH;
        return hume.control().send(switch (sample.kind()) {
            case GENUINE -> new EmulatorControl.Webhook(here, "chat_started", null, null, null);
            case CORRUPT -> new EmulatorControl.Webhook(here, "chat_started", true, null, null);
            case STALE -> new EmulatorControl.Webhook(here, "chat_ended", null, null, TEN_MINUTES_AGO);
            case REPLAY -> new EmulatorControl.Webhook(here, "chat_ended", null, 2, null);
        });
    }
}
