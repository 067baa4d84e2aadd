package io.quarkiverse.hume.runtime.webhook;

import java.util.List;

import org.jboss.resteasy.reactive.common.model.ResourceClass;
import org.jboss.resteasy.reactive.server.model.HandlerChainCustomizer;
import org.jboss.resteasy.reactive.server.model.ServerResourceMethod;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/** Adds the verification before a resource method. It is a class with setters, because the build records instances of it. */
public class WebhookCustomizer implements HandlerChainCustomizer {

    private String account;
    private String resource;

    public String getAccount() {
        return account;
    }

    public WebhookCustomizer setAccount(String account) {
        this.account = account;
        return this;
    }

    public String getResource() {
        return resource;
    }

    public WebhookCustomizer setResource(String resource) {
        this.resource = resource;
        return this;
    }

    @Override
    public List<ServerRestHandler> handlers(Phase phase, ResourceClass resourceClass, ServerResourceMethod method) {
        if (phase != Phase.AFTER_MATCH) {
            return List.of();
        }
        if (method.isFormParamRequired()) {
            throw new IllegalStateException("@HumeWebhook does not work with form parameters, and " + resource
                    + " has some. Hume sends JSON: take the body as a parameter without an annotation");
        }
        return List.of(new WebhookHandler(account, resource));
    }
}
