package io.quarkiverse.hume.deployment.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import java.util.Set;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;

import org.jboss.jandex.Indexer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeTokenSource;
import io.quarkus.arc.deployment.BuildExclusionsBuildItem;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;

/** Which classes provide keys or tokens, as far as an index shows it. */
class KeyBeansTest {

    public abstract static class Keys implements HumeCredentialsProvider {
        @Override
        public Uni<HumeCredentials> getCredentials(String account) {
            return Uni.createFrom().nullItem();
        }
    }

    @ApplicationScoped
    public static class Scoped extends Keys {
    }

    @Stereotype
    @ApplicationScoped
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Service {
    }

    @Service
    public static class WithStereotype extends Keys {
    }

    @Singleton
    public static class Tokens implements HumeTokenSource {
        @Override
        public Uni<AccessToken> requestToken(String account, HumeCredentials credentials) {
            return Uni.createFrom().nullItem();
        }
    }

    @Alternative
    @Priority(1)
    @ApplicationScoped
    public static class EnabledAlternative extends Keys {
    }

    public static class Producer {
        @Produces
        @ApplicationScoped
        HumeCredentialsProvider keys() {
            return new Plain();
        }
    }

    public static class ProducerOfAField {
        @Produces
        HumeTokenSource tokens = new Tokens();
    }

    public static class ProducerWithAScope {
        @Singleton
        Plain keys() {
            return new Plain();
        }
    }

    public interface CompanyKeys extends HumeCredentialsProvider {
    }

    public static class ProducerOfASubinterface {
        @Produces
        @ApplicationScoped
        CompanyKeys keys() {
            return account -> Uni.createFrom().nullItem();
        }
    }

    public static class ImplementationOfASubinterface {
        @ApplicationScoped
        public static class Company implements CompanyKeys {
            @Override
            public Uni<HumeCredentials> getCredentials(String account) {
                return Uni.createFrom().nullItem();
            }
        }
    }

    @Path("/keys")
    public static class Resource extends Keys {
    }

    public static class Plain extends Keys {
    }

    @Alternative
    @ApplicationScoped
    public static class AlternativeOnly extends Keys {
    }

    @Vetoed
    @ApplicationScoped
    public static class VetoedKeys extends Keys {
    }

    @ApplicationScoped
    public abstract static class AbstractKeys extends Keys {
    }

    @ParameterizedTest
    @ValueSource(classes = { Scoped.class, WithStereotype.class, Tokens.class, EnabledAlternative.class,
            Resource.class, ImplementationOfASubinterface.Company.class })
    void bean_isFound(Class<?> bean) throws IOException {
        assertThat(find(Map.of(), Set.of(), bean)).containsExactly(bean.getName());
    }

    @ParameterizedTest
    @ValueSource(classes = { Producer.class, ProducerOfAField.class, ProducerWithAScope.class,
            ProducerOfASubinterface.class })
    void producer_isFound(Class<?> bean) throws IOException {
        assertThat(find(Map.of(), Set.of(), bean)).containsExactly("a producer in " + bean.getName());
    }

    @ParameterizedTest
    @ValueSource(classes = { Plain.class, AlternativeOnly.class, VetoedKeys.class, AbstractKeys.class })
    void otherClass_isNone(Class<?> type) throws IOException {
        assertThat(find(Map.of(), Set.of(), type)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "io.quarkiverse.hume.deployment.index.KeyBeansTest$AlternativeOnly", "AlternativeOnly",
            "io.quarkiverse.hume.deployment.index.*", "io.quarkiverse.**", "x.y, io.quarkiverse.hume.**" })
    void alternative_selected_isFound(String pattern) throws IOException {
        assertThat(find(Map.of("quarkus.arc.selected-alternatives", pattern), Set.of(), AlternativeOnly.class)).hasSize(1);
        assertThat(
                find(Map.of("quarkus.arc.exclude-types", pattern), Set.of(), AlternativeOnly.class, EnabledAlternative.class))
                .hasSize(pattern.contains("*") ? 0 : 1);
    }

    @Test
    void disabledBean_isNotUsed() throws IOException {
        assertThat(find(Map.of(), Set.of(Scoped.class.getName(), Producer.class.getName()), Scoped.class, Producer.class))
                .isEmpty();
    }

    /** @param excluded as the annotations for profiles and properties of the build exclude classes */
    private static Set<String> find(Map<String, String> properties, Set<String> excluded, Class<?>... types)
            throws IOException {
        Indexer indexer = new Indexer();
        for (Class<?> type : Set.of(HumeCredentialsProvider.class, HumeTokenSource.class, Keys.class, Plain.class,
                Service.class, CompanyKeys.class)) {
            indexer.indexClass(type);
        }
        for (Class<?> type : types) {
            if (type != Plain.class) {
                indexer.indexClass(type);
            }
        }
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250)).build();
        return new KeyBeans(indexer.complete(), type -> type.hasDeclaredAnnotation(Path.class),
                new BuildExclusionsBuildItem(excluded, Set.of(), Set.of()), config).find();
    }
}
