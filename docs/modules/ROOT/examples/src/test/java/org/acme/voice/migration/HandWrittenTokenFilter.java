package org.acme.voice.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Base64;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.eclipse.microprofile.config.ConfigProvider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What the page on migration starts from. It is not to be copied. */
// tag::filter[]
public class HandWrittenTokenFilter implements ClientRequestFilter {

    private String token;
    private long expiresAt;

    @Override
    public synchronized void filter(ClientRequestContext request) throws IOException { // <1>
        if (now() >= expiresAt) {
            requestToken(); // <2>
        }
        request.getHeaders().putSingle("Authorization", "Bearer " + token); // <3>
    }

    private void requestToken() throws IOException {
        String keys = config("voice.api-key") + ":" + config("voice.secret-key");
        HttpRequest post = HttpRequest.newBuilder(URI.create(config("voice.url") + "/oauth2-cc/token"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(keys.getBytes(UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")).build();
        JsonNode answer = new ObjectMapper().readTree(send(post).body());
        token = answer.path("access_token").asText(); // <4>
        expiresAt = now() + answer.path("expires_in").asLong();
    }
    // end::filter[]

    private static HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static long now() {
        return InstantSource.system().instant().getEpochSecond();
    }
    // tag::filter[]
}
// end::filter[]
