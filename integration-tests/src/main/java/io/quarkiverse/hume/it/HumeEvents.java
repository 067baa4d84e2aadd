package io.quarkiverse.hume.it;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;

import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.hume.HumeWebhook;

/** Receives Hume's webhooks. The extension verifies them first, so that only genuine ones reach the method. */
@Path(HumeEvents.PATH)
public class HumeEvents {

    static final String PATH = "/hume-events";

    private final WebhookJournal journal;

    public HumeEvents(WebhookJournal journal) {
        this.journal = journal;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Event(@JsonProperty("event_name") String name, @JsonProperty("chat_id") String chat) {
    }

    @POST
    @HumeWebhook
    public void on(Event event) {
        journal.verified(event);
    }

    /** A rejected webhook does not reach the method, so this filter records the status of its response. */
    @ServerResponseFilter
    public void answered(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getUriInfo().getPath().equals(PATH) && response.getStatus() >= 400) {
            journal.refused(response.getStatus());
        }
    }
}
