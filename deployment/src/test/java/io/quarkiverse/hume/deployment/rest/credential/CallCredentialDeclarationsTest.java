package io.quarkiverse.hume.deployment.rest.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.jboss.jandex.Index;
import org.jboss.resteasy.reactive.RestHeader;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.runtime.rest.DeclaredCredentials;
import io.quarkus.rest.client.reactive.NotBody;

/** Every way in which a method of a REST client declares a header with a credential. */
class CallCredentialDeclarationsTest {

    private static final String KEY = "X-Hume-Api-Key";

    interface Direct {
        @GET
        String parameter(@HeaderParam("x-hume-api-KEY") String key);

        @GET
        String named(@RestHeader("Authorization") String value);

        @GET
        String byVariable(@RestHeader String xHumeApiKey);

        @GET
        String second(String other, @HeaderParam(KEY) String key);

        @POST
        String other(@HeaderParam("X-Trace") String trace, @RestHeader String hume, String body);

        default String notACall(@HeaderParam(KEY) String key) {
            return key;
        }
    }

    static class Base {
        @HeaderParam(KEY)
        String key;
    }

    static class Derived extends Base {
    }

    static class Outer {
        @BeanParam
        Derived nested;
    }

    static class Accessors {
        private String value;

        @HeaderParam("Authorization")
        public String getValue() {
            return value;
        }
    }

    static class Setters {
        @HeaderParam("authorization")
        public void setValue(String value) {
        }
    }

    record Recorded(@HeaderParam(KEY) String key, String other) {
    }

    static class Maps {
        @RestHeader
        Map<String, String> headers;
    }

    /** Refers to itself. */
    static class Body {
        Body next;
        String key;
    }

    interface Beans {
        @GET
        String inherited(@BeanParam Derived bean);

        @GET
        String nested(@BeanParam Outer bean);

        @GET
        String implicit(Outer bean);

        @GET
        String accessors(@BeanParam Accessors bean);

        @GET
        String setters(@BeanParam Setters bean);

        @GET
        String recorded(@BeanParam Recorded bean);

        @POST
        String body(Body body);
    }

    interface Parent {
        @GET
        String inherited(@HeaderParam(KEY) String key);
    }

    interface Child extends Parent {
        @GET
        String own();
    }

    interface GrandChild extends Child {
    }

    interface Part {
        @GET
        String get();
    }

    interface Inner {
        @Path("part")
        Part part();
    }

    interface Locating {
        @Path("inner")
        Inner inner(@HeaderParam(KEY) String key);

        @GET
        String get();
    }

    interface Ambiguous {
        @Path("mine")
        Part mine(@HeaderParam(KEY) String key);

        @Path("ours")
        Inner ours();
    }

    interface Recursive {
        @Path("again")
        Recursive again();

        @GET
        String get();
    }

    interface OpenMap {
        @GET
        String get(@RestHeader Map<String, String> headers);
    }

    interface OpenBean {
        @GET
        String get(@BeanParam Maps bean);
    }

    @ClientHeaderParam(name = "x-hume-api-key", value = "1")
    interface AnnotatedClient {
        @GET
        String get();
    }

    interface AnnotatedMethod {
        @GET
        @ClientHeaderParam(name = "X-Other", value = "1")
        @ClientHeaderParam(name = "Authorization", value = "1")
        String get();
    }

    interface Plain {
        @GET
        @ClientHeaderParam(name = "X-Other", value = "1")
        String get(@HeaderParam("X-Trace") String trace);
    }

    private final DeclaredCredentials declared = declarations(Set.of()).declared(false);

    private static CallCredentialDeclarations declarations(Set<String> authenticated) {
        try {
            return new CallCredentialDeclarations(
                    new ClientIndex(Index.of(CallCredentialDeclarationsTest.class.getDeclaredClasses())), authenticated);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the header by the name of the method */
    private Map<String, String> of(Class<?> client) {
        Map<String, String> headers = new HashMap<>();
        declared.parameters().getOrDefault(client.getName(), Map.of())
                .forEach((method, header) -> headers.put(method.replaceAll(".*#(\\w+)\\(.*", "$1"), header));
        assertThat(declared.clients().contains(client.getName())).isEqualTo(!headers.isEmpty());
        return headers;
    }

    @Test
    void parameters_areFound() {
        assertThat(of(Direct.class)).containsExactlyInAnyOrderEntriesOf(
                Map.of("parameter", KEY, "named", "Authorization", "byVariable", KEY, "second", KEY));
    }

    interface Referring {
        @GET
        @ClientHeaderParam(name = KEY, value = "{tenant}")
        String reference(@NotBody String tenant);

        @GET
        @ClientHeaderParam(name = "authorization", value = "Bearer {tenant}")
        String part(@NotBody String tenant);

        @GET
        @ClientHeaderParam(name = KEY, value = "${tenant}")
        String configured(@NotBody String tenant);

        @GET
        @ClientHeaderParam(name = KEY, value = "{computed}")
        String method(@NotBody String computed);

        default String computed() {
            return "1";
        }
    }

    interface Objects {
        @GET
        String array(@HeaderParam(KEY) String[] keys);

        @GET
        String bytes(@HeaderParam(KEY) byte[] key);

        @GET
        String own(@HeaderParam("Authorization") List<Recorded> keys);

        @GET
        String optional(@RestHeader("Authorization") Optional<Set<Recorded>> keys);

        @GET
        String bean(@BeanParam Arrays keys);

        @GET
        String single(@HeaderParam(KEY) Recorded key);

        @GET
        String optionalText(@HeaderParam(KEY) Optional<String> key);

        @GET
        String texts(@HeaderParam(KEY) List<String> keys);

        @GET
        String numbers(@HeaderParam(KEY) SortedSet<Long> keys);
    }

    static class Arrays {
        @RestHeader("Authorization")
        String[] values;
    }

    interface WithoutIndex {
        @GET
        String inherited(@HeaderParam(KEY) String key);
    }

    interface DerivedFromIt extends WithoutIndex {
        @GET
        String own();
    }

    /** The REST client gives the header the value of the parameter. */
    @Test
    void parametersThatAnAnnotationRefersTo_areFound() {
        assertThat(declared.clients()).contains(Referring.class.getName());
        Map<String, String> headers = new HashMap<>();
        declared.parameters().get(Referring.class.getName())
                .forEach((method, header) -> headers.put(method.replaceAll(".*#(\\w+)\\(.*", "$1"), header));
        assertThat(headers).containsExactlyInAnyOrderEntriesOf(Map.of("reference", KEY, "part", "Authorization"));
    }

    @Test
    void parametersThatAreSentAsObjects_areFound() {
        assertThat(declarations(Set.of()).sentAsObjects()).isEmpty();
        Map<String, Set<String>> found = declarations(Set.of(Objects.class.getName())).sentAsObjects();
        assertThat(found).containsOnlyKeys(Objects.class.getName());
        assertThat(found.get(Objects.class.getName())).extracting(sentence -> sentence.replaceAll(".* of (\\w+)\\(.*", "$1"))
                .containsExactlyInAnyOrder("array", "bytes", "own", "optional", "bean");
    }

    @Test
    void methodsOfInterfacesOutsideTheIndex_areFound() throws IOException {
        ClientIndex index = new ClientIndex(Index.of(DerivedFromIt.class));
        assertThat(new CallCredentialDeclarations(index, Set.of()).declared(false).parameters())
                .containsKey(DerivedFromIt.class.getName());
    }

    @Test
    void beanParameters_areFound() {
        assertThat(of(Beans.class)).containsExactlyInAnyOrderEntriesOf(Map.of("inherited", KEY, "nested", KEY, "implicit", KEY,
                "accessors", "Authorization", "setters", "Authorization", "recorded", KEY));
    }

    @Test
    void inheritedMethods_belongToEachClient() {
        assertThat(of(Parent.class)).isEqualTo(of(Child.class)).isEqualTo(of(GrandChild.class))
                .containsExactly(Map.entry("inherited", KEY));
        assertThat(declared.parameters().get(GrandChild.class.getName()))
                .containsOnlyKeys(Parent.class.getName() + "#inherited(java.lang.String)");
    }

    @Test
    void parametersOfLocators_applyToTheirSubResources() {
        assertThat(of(Locating.class)).containsExactly(Map.entry("get", KEY));
        assertThat(declared.parameters().get(Locating.class.getName())).containsOnlyKeys(Part.class.getName() + "#get()");
        assertThat(of(Inner.class)).isEmpty();
        assertThat(of(Recursive.class)).isEmpty();
    }

    @Test
    void maps_andAnnotations_areSeenButDeclareNothing() {
        assertThat(declared.clients()).contains(OpenMap.class.getName(), OpenBean.class.getName(),
                AnnotatedClient.class.getName(), AnnotatedMethod.class.getName()).doesNotContain(Plain.class.getName());
        assertThat(declared.parameters()).doesNotContainKeys(OpenMap.class.getName(), OpenBean.class.getName(),
                AnnotatedClient.class.getName(), AnnotatedMethod.class.getName());
    }

    @Test
    void requestParameterDeclaredTwice_isRejectedForAuthenticatedClients() {
        assertThat(declarations(Set.of(Ambiguous.class.getName())).ambiguities()).singleElement().asString()
                .startsWith("The REST client " + Ambiguous.class.getName() + ": a parameter of ")
                .contains("declares the header " + KEY, "mine().get()", "ours().part().get()", "Return another interface");
        assertThat(declarations(Set.of(Locating.class.getName())).ambiguities()).isEmpty();
    }
}
