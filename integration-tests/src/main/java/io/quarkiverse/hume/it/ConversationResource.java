package io.quarkiverse.hume.it;

import java.net.URI;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;

/** Returns the data that a browser needs, in addition to a token, to connect to Hume directly. */
@Path("/conversation")
@Authenticated
public class ConversationResource {

    private final HumeAccounts accounts;
    private final EmpathicVoice empathicVoice;

    public ConversationResource(HumeAccounts accounts, @RestClient EmpathicVoice empathicVoice) {
        this.accounts = accounts;
        this.empathicVoice = empathicVoice;
    }

    /** @param url the address of the chat socket, without a credential */
    public record Conversation(String url) {
    }

    @GET
    public Conversation conversation() {
        URI platform = accounts.get(HumeAccount.DEFAULT).baseUrl();
        // The scheme https becomes wss; http, which only an emulator uses, becomes ws.
        return new Conversation(platform.toString().replaceFirst("^http", "ws").replaceFirst("/$", "") + "/v0/evi/chat");
    }

    /** @param report an empty object */
    public record Rejection(String report) {
    }

    /**
     * A browser reports that Hume rejected its token. The report alone has no effect: this method makes a call with the same
     * token. If Hume rejects it, too, the extension requests a new token and retries the call. Browsers then get the new
     * token.
     */
    @POST
    @Path("/rejections")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public void rejected(Rejection rejection) {
        empathicVoice.configs();
    }
}
