package io.quarkiverse.hume.emulator.sound;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "Speaks" a text as a little melody: one tone per syllable, a gap after a word, a rest after a sentence. */
public final class ToneSpeech {

    public static final int SAMPLE_RATE = 48_000;

    private static final double TONE_SECONDS = 0.16;
    private static final double WORD_GAP_SECONDS = 0.05;
    private static final double SENTENCE_REST_SECONDS = 0.25;
    private static final double ATTACK_SECONDS = 0.012;
    private static final double LOUDNESS = 0.5 * Short.MAX_VALUE;
    // A pentatonic scale: any sequence of its notes is bearable.
    private static final double[] SCALE_HERTZ = { 261.63, 293.66, 329.63, 392.00, 440.00, 523.25 };
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern SYLLABLE = Pattern.compile("[^aeiouy]*[aeiouy]+", Pattern.CASE_INSENSITIVE);

    private final double speed;
    private final int longest;
    private final List<Part> words = new ArrayList<>();
    private final List<Part> tones = new ArrayList<>();
    private int length;

    private ToneSpeech(double speed, int longest) {
        this.speed = speed;
        this.longest = longest;
    }

    /** A word or a syllable: from a sample, up to but without another. */
    public record Part(String text, int from, int to) {

        public double start() {
            return (double) from / SAMPLE_RATE;
        }

        public double end() {
            return (double) to / SAMPLE_RATE;
        }
    }

    public static WaveAudio speak(String text) {
        return of(text, 1, Integer.MAX_VALUE).audio(0);
    }

    /**
     * @param longest after how many samples to stop, even in the midst of the text
     * @return the same for the same text, at least one tone unless the text is blank or the limit too low
     */
    public static ToneSpeech of(String text, double speed, int longest) {
        ToneSpeech speech = new ToneSpeech(speed, longest);
        for (Matcher word = WORD.matcher(text); word.find();) {
            speech.say(word.group());
        }
        return speech;
    }

    /** With the gaps behind them. */
    public List<Part> words() {
        return words;
    }

    public List<Part> tones() {
        return tones;
    }

    /** @param variant how many steps of the scale to move each tone */
    public WaveAudio audio(int variant) {
        short[] samples = new short[length];
        tones.forEach(tone -> play(tone, samples, variant));
        return new WaveAudio(SAMPLE_RATE, samples);
    }

    private void say(String word) {
        int start = length;
        int before = tones.size();
        for (Matcher syllable = SYLLABLE.matcher(word); syllable.find();) {
            add(syllable.group());
        }
        if (tones.size() == before) {
            add(word);
        }
        length += Math.min(samples(word.matches(".*[.!?:;]") ? SENTENCE_REST_SECONDS : WORD_GAP_SECONDS), longest - length);
        words.add(new Part(word, start, length));
    }

    private void add(String syllable) {
        int duration = samples(TONE_SECONDS);
        if (duration > longest - length) {
            length = longest;
            return;
        }
        tones.add(new Part(syllable, length, length + duration));
        length += duration;
    }

    private int samples(double seconds) {
        return (int) Math.round(seconds / speed * SAMPLE_RATE);
    }

    private static void play(Part tone, short[] samples, int variant) {
        double radians = 2 * Math.PI * SCALE_HERTZ[Math.floorMod(tone.text().hashCode() + variant, SCALE_HERTZ.length)]
                / SAMPLE_RATE;
        int length = tone.to() - tone.from();
        for (int i = 0; i < length; i++) {
            double wave = Math.sin(radians * i) + 0.35 * Math.sin(2 * radians * i) + 0.15 * Math.sin(3 * radians * i);
            samples[tone.from() + i] = (short) (LOUDNESS * envelope(i, length) * wave / 1.5);
        }
    }

    /** Rises fast and dies away to silence, so that nothing clicks. */
    private static double envelope(int at, int length) {
        double attack = Math.min(1, at / (ATTACK_SECONDS * SAMPLE_RATE));
        double left = 1 - (double) at / length;
        return attack * left * left;
    }
}
