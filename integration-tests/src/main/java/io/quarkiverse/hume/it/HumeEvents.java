package io.quarkiverse.hume.it;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;

import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.hume.HumeWebhook;

/** What Hume reports. Only what is really Hume's gets as far as the method. */
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

    /** The method never hears of a webhook that is refused; what it was answered is all there is to see of it. */
    @ServerResponseFilter
    public void answered(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getUriInfo().getPath().equals(PATH) && response.getStatus() >= 400) {
            journal.refused(response.getStatus());
        }
    }
}
