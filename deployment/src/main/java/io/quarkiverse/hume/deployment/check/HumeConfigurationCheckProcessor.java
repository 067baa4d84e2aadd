package io.quarkiverse.hume.deployment.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.deployment.account.AccountUsers;
import io.quarkiverse.hume.deployment.config.ConfiguredKeysBuildItem;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig;
import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.message.Suggestion;
import io.quarkiverse.hume.deployment.message.Violations;
import io.quarkiverse.hume.deployment.rest.credential.ClientProperties;
import io.quarkiverse.hume.deployment.spi.HumeAccountNamesBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeEmulatorBuildItem;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeTokensInjectionBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeUsageBuildItem;
import io.quarkiverse.hume.deployment.webhook.HumeWebhooksBuildItem;
import io.quarkiverse.hume.runtime.config.AccountSpellings;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.quarkus.deployment.IsProduction;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;

/**
 * Warns of configuration that looks wrong. These are not errors, because the runtime configuration may differ. Mistakes that
 * remain at run time fail the startup.
 */
class HumeConfigurationCheckProcessor {

    private static final List<String> OTHER_KEY_SOURCES = List.of("secrets-directory", "credentials-provider");

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void accountNames(HumeAccountNamesBuildItem accounts, List<HumeUsageBuildItem> usages,
            Optional<HumeWebhooksBuildItem> webhooks, ApplicationArchivesBuildItem archives) {
        Set<String> known = accounts.configured();
        if (known.isEmpty()) {
            return;
        }
        Map<String, String> users = new TreeMap<>(new AccountUsers(usages, List.of()).users());
        ClientIndex.of(archives).index().getAnnotations(HumeAnnotations.ACCOUNT)
                .forEach(annotation -> users.putIfAbsent(HumeAnnotations.account(annotation),
                        "@HumeAccount " + HumeAnnotations.place(annotation)));
        webhooks.ifPresent(found -> found.annotations()
                .forEach(annotation -> users.putIfAbsent(HumeAnnotations.account(annotation),
                        "@HumeWebhook " + HumeAnnotations.place(annotation))));
        users.keySet().removeAll(known);
        users.remove(HumeAccount.DEFAULT);
        users.forEach((account, user) -> HumeBuildLog.LOG.unknownAccount(user, account, known,
                Suggestion.of(account, known), AccountName.property(account, "api-key")));
    }

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void tokens(HumePlanBuildItem plan, List<HumeUsageBuildItem> usages, List<HumeTokensInjectionBuildItem> injections,
            Optional<HumeEmulatorBuildItem> emulator, ApplicationArchivesBuildItem archives,
            ConfiguredKeysBuildItem keys) {
        if (hasOwnProvider(ClientIndex.of(archives).index())) {
            return;
        }
        Map<String, String> users = new TreeMap<>(new AccountUsers(usages, injections).tokenUsers());
        if (users.isEmpty()) {
            return;
        }
        users.keySet().removeIf(account -> !hasOnlyApiKey(account, emulator, keys)
                || OTHER_KEY_SOURCES.stream().anyMatch(source -> keys.current().isConfigured(account, source)));
        users.forEach((account, user) -> HumeBuildLog.LOG.tokensWithoutSecretKey(user, AccountName.describe(account),
                AccountName.property(account, "secret-key")));
    }

    /**
     * Whether the configuration mentions only an API key. In dev and test mode, the configuration of the production build
     * counts, too.
     */
    private static boolean hasOnlyApiKey(String account, Optional<HumeEmulatorBuildItem> emulator,
            ConfiguredKeysBuildItem keys) {
        return emulator.isPresent() && emulator.get().accounts().contains(account)
                ? emulator.get().account(account).onlyApiKey()
                : keys.isMentioned(account, "api-key") && !keys.isMentioned(account, "secret-key");
    }

    /** Whether the application provides the keys itself. Only this provider knows which keys exist. */
    private static boolean hasOwnProvider(IndexView index) {
        return !index.getAllKnownImplementations(DotName.createSimple(HumeCredentialsProvider.class)).isEmpty();
    }

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void addresses(HumePlanBuildItem plan, ConfiguredKeysBuildItem keys) {
        for (String account : new TreeSet<>(plan.decisions().keySet())) {
            if (ClientProperties.isUnencrypted(keys.current().rawText(account, "base-url"))) {
                HumeBuildLog.LOG.unencrypted(AccountName.property(account, "base-url"), "the application will not start");
            }
        }
    }

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void propertiesWithoutValue(HumeBuildTimeConfig build, HumeAccountNamesBuildItem accounts) {
        Violations.fail("Properties of the build have no value", PropertiesWithoutValue.violations(
                ConfigProvider.getConfig().unwrap(SmallRyeConfig.class), build, accounts.names()));
    }

    @BuildStep(onlyIf = IsProduction.class)
    @Produce(ServiceStartBuildItem.class)
    void literalKeys() {
        LiteralKeys.find(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class))
                .forEach((property, source) -> HumeBuildLog.LOG.literalKey(property, source, environment(property)));
    }

    /**
     * Returns the environment variable for the property, which is derived from the spelling with quotes around the account
     * name.
     */
    private static String environment(String property) {
        AccountProperty named = AccountProperty.parse(property);
        return AccountProperty.environmentVariable(named == null ? property : named.quoted());
    }

    /** Reports two spellings of a property in one source. The environment is that of the build, so it is not checked. */
    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void spellings() {
        for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
            if (!(source instanceof EnvConfigSource)) {
                AccountSpellings.contradictions(source).forEach((property, other) -> HumeBuildLog.LOG.twoSpellings(property,
                        other, LiteralKeys.describe(source.getName()), property));
            }
        }
    }
}
