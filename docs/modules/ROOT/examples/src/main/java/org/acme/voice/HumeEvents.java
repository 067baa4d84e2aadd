package org.acme.voice;

import jakarta.enterprise.event.Event;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.hume.HumeWebhook;

// tag::resource[]
@Path("/hume-events")
public class HumeEvents {

    private final Event<ChatEvent> events;

    HumeEvents(Event<ChatEvent> events) {
        this.events = events;
    }

    @POST
    @HumeWebhook
    public void on(ChatEvent event) {
        events.fire(event); // <1>
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ChatEvent(@JsonProperty("event_name") String name, @JsonProperty("chat_id") String chat) {
    }
}
// end::resource[]
