package io.quarkiverse.hume.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.net.URL;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import io.quarkiverse.hume.chromium.Visitor;

/** The page, whose elements are found by their visible texts, as a user finds them. */
final class VoicePage {

    private final Page page;

    VoicePage(Visitor visitor, URL application) {
        page = visitor.page();
        page.navigate(application.toString());
    }

    void signIn(String name, String password) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        click("Sign in");
    }

    /** In the demonstration, the password is equal to the name. */
    void enter(String name) {
        signIn(name, name);
        assertThat(find("#user")).hasText(name);
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void click(String name) {
        button(name).click();
    }

    Locator panel(String title) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(title));
    }

    Locator conversation() {
        return page.getByRole(AriaRole.LOG, new Page.GetByRoleOptions().setName("What was said"));
    }

    Locator field(String label) {
        return page.getByLabel(label);
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    void say(String sentence) {
        field("Your sentence").fill(sentence);
        click("Send");
    }

    /** With text and sound. */
    void assertAnswered(String sentence) {
        assertThat(conversation().locator(".hume", new Locator.LocatorOptions().setHasText("You said: " + sentence)))
                .containsText("Hear it again");
    }
}
