package io.quarkiverse.hume.deployment.rest.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;

import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;
import org.jboss.resteasy.reactive.client.spi.ClientMessageBodyWriter;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.oidc.client.reactive.filter.runtime.AbstractOidcClientRequestReactiveFilter;
import io.quarkus.rest.client.reactive.ReactiveClientHeadersFactory;
import io.smallrye.mutiny.Uni;

/** The headers that filters and headers factories set or copy according to their bytecode. */
class CredentialCodeTest {

    static class Direct implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle("X-Other", "1");
            request.getHeaders().add("authorization", "Bearer 1");
        }
    }

    static class ByConstant implements ResteasyReactiveClientRequestFilter {
        private static final String NAME = "X-Hume-Api-Key";

        @Override
        public void filter(ResteasyReactiveClientRequestContext request) {
            MultivaluedMap<String, Object> headers = request.getHeaders();
            headers.put(NAME, List.of("1"));
        }
    }

    static class InLambda implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            Consumer<String> setter = value -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, value);
            setter.accept("1");
        }
    }

    static class InNestedClass implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            new Runnable() {
                @Override
                public void run() {
                    request.getHeaders().putSingle("Authorization", "1");
                }
            }.run();
        }
    }

    static class ThroughMethod implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            setHeader(request, "Authorization", "1");
        }

        private static void setHeader(ClientRequestContext request, String name, String value) {
            request.getHeaders().putSingle(name, value);
        }
    }

    static class ThroughMap implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putAll(Map.of("Authorization", List.of("1")));
        }
    }

    static class OfVertx implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle(io.vertx.core.http.HttpHeaders.AUTHORIZATION.toString(), "1");
        }
    }

    static class Inheriting extends Direct {
    }

    static class OfOidc extends AbstractOidcClientRequestReactiveFilter {
        @Override
        public void filter(ClientRequestContext request) {
        }
    }

    static class Reading implements ClientRequestFilter {
        private static final Set<String> MASKED = Set.of("Authorization", "X-Hume-Api-Key");

        @Override
        public void filter(ClientRequestContext request) {
            Map<String, Object> shown = new HashMap<>();
            request.getHeaders().forEach((name, values) -> shown.put(name, MASKED.contains(name) ? "***" : values));
            if (request.getHeaders().getFirst("Authorization") == null) {
                request.getHeaders().putSingle("X-Anonymous", shown.size());
            }
            request.getHeaders().remove("Authorization");
        }
    }

    static class InInterceptor implements WriterInterceptor {
        @Override
        public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
            context.getHeaders().putSingle("Authorization", "1");
            context.proceed();
        }
    }

    /** {@code MessageBodyWriter} is an interface of an interface. */
    abstract static class InWriter implements ClientMessageBodyWriter<String> {
        @Override
        public void writeTo(String body, Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType,
                MultivaluedMap<String, Object> headers, OutputStream out) {
            headers.add(HttpHeaders.AUTHORIZATION, "1");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = { InInterceptor.class, InWriter.class })
    void writerOfBodies_setsAuthorization(Class<?> writer) {
        CredentialCode code = CredentialCode.of(writer.getName());
        assertThat(code.isRequestFilter()).isFalse();
        assertThat(code.writesBodies()).isTrue();
        assertThat(code.headerSet()).isEqualTo("Authorization");
    }

    static class OfServer implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            request.getHeaders().putSingle("Authorization", "1");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = { Direct.class, InLambda.class, InNestedClass.class, ThroughMethod.class, ThroughMap.class,
            OfVertx.class, Inheriting.class, OfOidc.class })
    void filter_setsAuthorization(Class<?> filter) {
        CredentialCode code = CredentialCode.of(filter.getName());
        assertThat(code.isRequestFilter()).isTrue();
        assertThat(code.headerSet()).isEqualTo("Authorization");
        assertThat(code.isKnown()).isEqualTo(filter == OfOidc.class);
    }

    @ParameterizedTest
    @ValueSource(classes = ByConstant.class)
    void filter_setsTheKey(Class<?> filter) {
        CredentialCode code = CredentialCode.of(filter.getName());
        assertThat(code.isRequestFilter()).isTrue();
        assertThat(code.headerSet()).isEqualTo("X-Hume-Api-Key");
    }

    @ParameterizedTest
    @ValueSource(classes = { Reading.class })
    void filter_thatOnlyReads_setsNothing(Class<?> filter) {
        assertThat(CredentialCode.of(filter.getName()).headerSet()).isNull();
    }

    @ParameterizedTest
    @ValueSource(classes = { OfServer.class })
    void filterOfTheServer_isNone(Class<?> filter) {
        assertThat(CredentialCode.of(filter.getName()).isRequestFilter()).isFalse();
    }

    abstract static class Factory implements ClientHeadersFactory {
        final MultivaluedMap<String, String> result = new MultivaluedHashMap<>();
    }

    static class CopyAll extends Factory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            result.putAll(incoming);
            return result;
        }
    }

    static class CopyInherited extends CopyAll {
    }

    static class ReturnIncoming extends Factory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            return incoming;
        }
    }

    static class CopyInLoop extends Factory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            for (Map.Entry<String, List<String>> header : incoming.entrySet()) {
                result.put(header.getKey(), header.getValue());
            }
            return result;
        }
    }

    static class CopyByVariable extends Factory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            for (String name : List.of("A", "B")) {
                result.put(name, incoming.get(name));
            }
            return result;
        }
    }

    static class CopyAlias extends Factory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            MultivaluedMap<String, String> alias = incoming;
            alias.forEach(result::put);
            return result;
        }
    }

    static class CopyAuthorization extends Factory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            result.putSingle("X-Forwarded-Authorization", incoming.getFirst("Authorization"));
            return result;
        }
    }

    static class CopyLater extends ReactiveClientHeadersFactory {
        @Override
        public Uni<MultivaluedMap<String, String>> getHeaders(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            return Uni.createFrom().item(() -> new MultivaluedHashMap<>(incoming));
        }
    }

    static class CopyTrace extends Factory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            if (incoming.containsKey("X-Trace")) {
                result.putSingle("X-Trace", incoming.getFirst("X-Trace"));
            }
            return result;
        }
    }

    static class SetOwn extends Factory {
        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            result.putSingle("Authorization", "Bearer 1");
            return result;
        }
    }

    @ParameterizedTest
    @ValueSource(classes = { CopyAll.class, CopyInherited.class, ReturnIncoming.class, CopyInLoop.class, CopyByVariable.class,
            CopyAlias.class, CopyAuthorization.class, CopyLater.class })
    void factory_copiesIncomingHeaders(Class<?> factory) {
        assertThat(CredentialCode.of(factory.getName()).copiesIncomingHeaders()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = { CopyTrace.class, SetOwn.class })
    void factory_thatReadsSingleHeaders_copiesNothing(Class<?> factory) {
        CredentialCode code = CredentialCode.of(factory.getName());
        assertThat(code.copiesIncomingHeaders()).isFalse();
        assertThat(code.headerSet()).isEqualTo(factory == SetOwn.class ? "Authorization" : null);
    }
}
