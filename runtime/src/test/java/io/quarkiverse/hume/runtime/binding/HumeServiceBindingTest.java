package io.quarkiverse.hume.runtime.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.hume.runtime.name.SourceName;
import io.quarkus.kubernetes.service.binding.runtime.ServiceBinding;
import io.quarkus.kubernetes.service.binding.runtime.ServiceBindingConverter;

class HumeServiceBindingTest {

    private final HumeServiceBinding converter = new HumeServiceBinding();

    @TempDir
    Path root;

    private ServiceBinding binding(String name, Map<String, String> entries) throws IOException {
        Path directory = Files.createDirectory(root.resolve(name));
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            Files.writeString(directory.resolve(entry.getKey()), entry.getValue());
        }
        return new ServiceBinding(directory);
    }

    private String directory(String name) {
        return root.resolve(name).toString();
    }

    @Test
    void binding_becomesTheDirectoryOfTheDefaultAccount() throws IOException {
        ServiceBinding voice = binding("voice", Map.of("type", "hume", "api-key", "k", "secret-key", "s"));
        assertThat(converter.convert(List.of(voice)).orElseThrow().getProperties())
                .isEqualTo(Map.of("hume.secrets-directory", directory("voice")));
    }

    @Test
    void bindings_ofSeveralAccounts() throws IOException {
        ServiceBinding voice = binding("voice", Map.of("type", "hume", "api-key", "k", "secret-key", "s"));
        ServiceBinding decisions = binding("decisions",
                Map.of("type", "hume", "account", "cloud", "api-key", "k", "base-url", "https://api.cloud.hume.ai"));
        ServiceBinding database = binding("database", Map.of("type", "postgresql", "username", "u"));
        assertThat(converter.convert(List.of(voice, database, decisions)).orElseThrow().getProperties())
                .isEqualTo(Map.of("hume.secrets-directory", directory("voice"),
                        "hume.accounts.\"cloud\".secrets-directory", directory("decisions"),
                        "hume.accounts.\"cloud\".base-url", "https://api.cloud.hume.ai"));
    }

    /** By this name, the start recognizes a binding that is not used. */
    @Test
    void source_hasItsName() throws IOException {
        ServiceBinding voice = binding("voice", Map.of("type", "hume", "api-key", "k"));
        assertThat(converter.convert(List.of(voice)).orElseThrow().getName()).isEqualTo(SourceName.SERVICE_BINDING);
    }

    @Test
    void source_hasNoKey() throws IOException {
        ServiceBinding voice = binding("voice", Map.of("type", "hume", "api-key", "s3cr3t", "secret-key", "s3cr3t"));
        assertThat(converter.convert(List.of(voice)).orElseThrow().getProperties().toString()).doesNotContain("s3cr3t");
    }

    @Test
    void otherBindings_areNotTouched() throws IOException {
        ServiceBinding database = binding("database", Map.of("type", "postgresql", "api-key", "k"));
        assertThat(converter.convert(List.of(database))).isEmpty();
        assertThat(converter.convert(List.of())).isEmpty();
    }

    @Test
    void twoBindingsOfOneAccount_areNamed() throws IOException {
        List<ServiceBinding> both = List.of(binding("first", Map.of("type", "hume", "api-key", "k")),
                binding("second", Map.of("type", "hume", "api-key", "k")));
        assertThatThrownBy(() -> converter.convert(both)).hasMessage("The service bindings first and second are both for the"
                + " default Hume account. Remove one of them, or name another account in its entry account");
    }

    @Test
    void bindingWithoutAKey_isNamed() throws IOException {
        List<ServiceBinding> bindings = List.of(binding("empty", Map.of("type", "hume", "account", "cloud")));
        assertThatThrownBy(() -> converter.convert(bindings)).hasMessage("The service binding empty of the type hume, for the"
                + " Hume account \"cloud\", has no entry api-key. Add it to the secret of the binding");
    }

    @Test
    void converter_isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(ServiceBindingConverter.class)).hasAtLeastOneElementOfType(HumeServiceBinding.class);
    }
}
