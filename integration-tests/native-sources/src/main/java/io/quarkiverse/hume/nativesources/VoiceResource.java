package io.quarkiverse.hume.nativesources;

import java.net.URI;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.websockets.next.WebSocketConnector;

/** Uses all features of the extension, so that none of them is removed from the application. */
@Path("/")
public class VoiceResource {

    private final Voices voices;
    private final Expressions expressions;
    private final HumeTokens tokens;
    private final HumeWebSockets sockets;
    private final WebSocketConnector<Chat> chat;

    public VoiceResource(@RestClient Voices voices, @RestClient Expressions expressions, HumeTokens tokens,
            @HumeAccount("cloud") HumeWebSockets sockets, WebSocketConnector<Chat> chat) {
        this.voices = voices;
        this.expressions = expressions;
        this.tokens = tokens;
        this.sockets = sockets;
        this.chat = chat;
    }

    @GET
    @Path("/voices")
    public String voices() {
        return voices.list() + expressions.runs();
    }

    @GET
    @Path("/expiry")
    public String expiry() {
        return tokens.await().expiresAt().toString();
    }

    @GET
    @Path("/chat")
    public String chat() {
        chat.connectAndAwait().closeAndAwait();
        return sockets.handshake(URI.create("wss://api.cloud.hume.ai/v1/decisions")).await().indefinitely().toString();
    }

    @POST
    @Path("/hooks")
    @HumeWebhook
    public String received(String event) {
        return event;
    }
}
