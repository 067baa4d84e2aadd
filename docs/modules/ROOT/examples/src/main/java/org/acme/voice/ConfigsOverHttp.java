package org.acme.voice;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeTokens;
import io.smallrye.mutiny.Uni;

// tag::tokens[]
@ApplicationScoped
public class ConfigsOverHttp {

    private final HttpClient http = HttpClient.newHttpClient();
    private final HumeTokens tokens;
    private final URI configs;

    ConfigsOverHttp(HumeTokens tokens, HumeAccounts accounts) {
        this.tokens = tokens;
        this.configs = accounts.get(HumeAccount.DEFAULT).baseUrl().resolve("/v0/evi/configs");
    }

    public Uni<String> later() { // <1>
        return tokens.get()
                .chain(token -> Uni.createFrom().completionStage(() -> http.sendAsync(request(token), BodyHandlers.ofString())))
                .map(HttpResponse::body);
    }

    public String now() throws IOException, InterruptedException { // <2>
        AccessToken token = tokens.await();
        HttpResponse<String> answer = http.send(request(token), BodyHandlers.ofString());
        if (answer.statusCode() == 401) {
            tokens.reject(token); // <3>
            token = tokens.await();
            answer = http.send(request(token), BodyHandlers.ofString());
        }
        if (answer.statusCode() != 401) {
            tokens.accept(token); // <4>
        }
        return answer.body();
    }

    private HttpRequest request(AccessToken token) {
        return HttpRequest.newBuilder(configs).header("Authorization", token.authorization()).build();
    }
}
// end::tokens[]
