package io.quarkiverse.hume.runtime.config;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks an entry of {@code trusted-hosts}: an entry that can never match is a mistake, and an entry that matches hosts of
 * other owners would disclose the keys to them.
 */
final class TrustedHostEntry {

    /**
     * Second-level labels of country code domains, such as {@code co} in {@code co.uk}, below which names of many owners are
     * registered.
     */
    private static final Set<String> REGISTRIES = Set.of("ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "mil", "ne",
            "net", "or", "org", "sch");

    /**
     * Other domains below which there are names of many owners: domains of registries and of hosting providers. The list is not
     * complete. The Public Suffix List contains about ten thousand of them and changes weekly, so a copy of it would be
     * outdated by the time it is released.
     */
    private static final Set<String> SHARED = Set.of("asn.au", "id.au", "art.br", "blog.br", "eng.br", "ind.br", "srv.br",
            "gr.jp", "lg.jp", "ltd.uk", "me.uk", "nhs.uk", "plc.uk", "police.uk", "geek.nz", "gen.nz", "iwi.nz", "kiwi.nz",
            "maori.nz", "school.nz", "asso.fr", "nom.fr", "firm.in", "gen.in", "ind.in", "nom.es", "web.za", "web.id",
            "web.tr", "eu.org", "uk.com", "us.com", "eu.com", "de.com", "br.com", "cn.com", "jpn.com", "za.com", "in.net",
            "uk.net", "appspot.com", "run.app", "a.run.app", "web.app", "firebaseapp.com", "cloudfunctions.net",
            "googleapis.com", "amazonaws.com", "elasticbeanstalk.com", "cloudfront.net", "amplifyapp.com", "awsapprunner.com",
            "on.aws", "azurewebsites.net", "azurecontainerapps.io", "azureedge.net", "azurefd.net", "cloudapp.net",
            "windows.net", "core.windows.net", "blob.core.windows.net", "trafficmanager.net", "github.io",
            "githubusercontent.com", "github.dev", "gitlab.io", "bitbucket.io", "herokuapp.com", "herokussl.com",
            "netlify.app", "vercel.app", "now.sh", "pages.dev", "workers.dev", "trycloudflare.com", "r2.dev", "fly.dev",
            "onrender.com", "railway.app", "up.railway.app", "deno.dev", "surge.sh", "glitch.me", "repl.co", "replit.dev",
            "ondigitalocean.app", "digitaloceanspaces.com", "openshiftapps.com", "ngrok.io", "ngrok.app", "ngrok.dev",
            "ngrok-free.app", "ngrok-free.dev", "loca.lt", "serveo.net", "nip.io", "sslip.io", "xip.io", "duckdns.org",
            "dyndns.org", "no-ip.org", "hopto.org", "in-addr.arpa", "ip6.arpa");

    /** Domains with regions directly below them, and names of many owners below each region. */
    private static final Pattern REGION = Pattern
            .compile("[^.]+\\.(?:run\\.app|elasticbeanstalk\\.com|azurecontainerapps\\.io|cloudapp\\.azure\\.com)");

    /** Domains with services and regions below them, in any order. None of these belongs to a single owner. */
    private static final Pattern SERVICE = Pattern.compile(".+\\.(?:amazonaws\\.com|on\\.aws)");

    private final String entry;

    private TrustedHostEntry(String entry) {
        this.entry = entry;
    }

    /** @return the violation and the remedy, as a clause; {@code null} if the entry is valid */
    static String violation(String entry) {
        return new TrustedHostEntry(entry).violation();
    }

    private String violation() {
        if (entry.isBlank()) {
            return "is blank. Remove it";
        }
        if (entry.contains("://")) {
            return "is an address. Write the host alone" + suggestion(entry.substring(entry.indexOf("://") + 3));
        }
        if (entry.matches(".*[/@?#\\\\].*")) {
            return "has more than a host. Write the host alone" + suggestion(entry.substring(entry.lastIndexOf('@') + 1));
        }
        if (entry.matches("[^:]+:\\d*|\\[.*]:\\d*")) {
            return "has a port, but hosts are trusted with all their ports. Write the host alone"
                    + suggestion(entry.substring(0, entry.lastIndexOf(':')));
        }
        if (!entry.matches("[\\x21-\\x7e]+")) {
            return "has characters that a host name cannot have" + asciiSuggestion();
        }
        if (entry.matches("[*.]+")) {
            return "trusts every host or none. Name the hosts, or write \"*.\" and a domain of yours";
        }
        if (entry.matches("\\.[^.*].*")) {
            return "begins with a dot. Write \"*" + entry + "\" for all hosts below " + entry.substring(1);
        }
        if (entry.endsWith(".")) {
            return "ends with a dot. Write \"" + entry.substring(0, entry.length() - 1) + "\"";
        }
        boolean wildcard = entry.startsWith("*.");
        String domain = wildcard ? entry.substring(2) : entry;
        if (domain.contains("*")) {
            return "has an asterisk in a place where it has no meaning. Only \"*.\" at the beginning stands for all hosts below a"
                    + " domain";
        }
        if (!isHost(domain)) {
            return "is no host name that an address can have, neither as it is written nor behind \"*.\"";
        }
        return wildcard ? wildcardViolation(domain.toLowerCase(Locale.ROOT)) : null;
    }

    private String wildcardViolation(String domain) {
        if (domain.startsWith("[") || domain.matches("[\\d.]+")) {
            return "stands for hosts below an IP address, of which there are none. Write \"" + domain + "\"";
        }
        if (domain.equals("localhost")) {
            return "stands for hosts below localhost. Write \"localhost\"";
        }
        String[] names = domain.split("\\.");
        boolean registry = names.length == 2 && names[1].length() == 2 && REGISTRIES.contains(names[0]);
        if (names.length < 2 || registry || isShared(domain)) {
            return "trusts every host below " + domain + ", and these have many owners. Name the hosts, or write \"*.\" and a"
                    + " domain of yours";
        }
        return null;
    }

    private static boolean isShared(String domain) {
        return SHARED.contains(domain) || REGION.matcher(domain).matches() || SERVICE.matcher(domain).matches();
    }

    /**
     * Whether the HTTP clients accept this name as the host of an address. A name that is a single number is another notation
     * of an IP address.
     */
    private static boolean isHost(String name) {
        // The limits are those of DNS, RFC 1035 section 2.3.4.
        if (name.matches("\\d+|0[xX]\\p{XDigit}+") || name.contains("%") || name.length() > 253
                || name.matches("(?:.*\\.)?[^.]{64,}(?:\\..*)?")) {
            return false;
        }
        try {
            return name.equals(new URI("https://" + name + "/").getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String suggestion(String address) {
        String host = address.replaceFirst("[/?#\\\\].*", "").replaceFirst(".*@", "").replaceFirst(":\\d*$", "");
        return isHost(host) ? ": \"" + host + "\"" : "";
    }

    private String asciiSuggestion() {
        try {
            String ascii = IDN.toASCII(entry.strip());
            return isHost(ascii.startsWith("*.") ? ascii.substring(2) : ascii) ? ". Write \"" + ascii + "\"" : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
