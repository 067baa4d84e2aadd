package io.quarkiverse.hume.runtime.refresh;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkiverse.hume.HumeTokenSource;
import io.quarkiverse.hume.runtime.event.TokenRequestTracer;
import io.quarkiverse.hume.runtime.startup.ReplaceableBean;
import io.quarkiverse.hume.runtime.transport.ClientRoute;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;

/** The beans that only applications with access tokens have. */
@Singleton
public class TokenBeans {

    @Produces
    @Singleton
    TokenKeepers tokenKeepers(Vertx vertx, @Any Instance<HumeTokenSource> sources, TlsConfigurationRegistry tls,
            ProxyConfigurationRegistry proxies, Instance<TokenRequestTracer> tracer) {
        return new TokenKeepers(vertx, new ReplaceableBean<>(HumeTokenSource.class, sources),
                new ClientRoute(tls, proxies), tracer.isResolvable() ? tracer.get() : TokenRequestTracer.NONE);
    }

    void close(@Disposes TokenKeepers keepers) {
        keepers.close();
    }

    /** Called when a certificate file was replaced and the TLS registry has read it. */
    void certificatesReplaced(@Observes CertificateUpdatedEvent event, TokenKeepers keepers) {
        keepers.certificatesReplaced(event.name());
    }
}
