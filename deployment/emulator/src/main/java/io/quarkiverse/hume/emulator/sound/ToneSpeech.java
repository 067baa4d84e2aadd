package io.quarkiverse.hume.emulator.sound;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.vertx.core.buffer.Buffer;

/** Speech that consists of tones: one tone for each syllable, a short pause after a word, a longer one after a sentence. */
public record ToneSpeech(List<Part> words, List<Part> tones, int length) {

    public static final int SAMPLE_RATE = 48_000;

    private static final double TONE_SECONDS = 0.16;
    private static final double WORD_GAP_SECONDS = 0.05;
    private static final double SENTENCE_REST_SECONDS = 0.25;
    private static final double ATTACK_SECONDS = 0.012;
    private static final double LOUDNESS = 0.5 * Short.MAX_VALUE;
    // A pentatonic scale, in which any sequence of notes sounds acceptable.
    private static final double[] SCALE_HERTZ = { 261.63, 293.66, 329.63, 392.00, 440.00, 523.25 };
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern SYLLABLE = Pattern.compile("[^aeiouy]*[aeiouy]+", Pattern.CASE_INSENSITIVE);

    /** A word with the pause after it, or a syllable, with its first sample and the first sample after it. */
    public record Part(String text, int from, int to) {
    }

    public static WaveAudio speak(String text) {
        return of(text, 1, Integer.MAX_VALUE).audio(0);
    }

    /** Always the same for the same text. Has at most {@code longest} samples, even if the text is not complete. */
    public static ToneSpeech of(String text, double speed, int longest) {
        List<Part> words = new ArrayList<>();
        List<Part> tones = new ArrayList<>();
        long at = 0;
        for (String word : WORD.matcher(text).results().map(MatchResult::group).toList()) {
            long start = at;
            List<String> syllables = SYLLABLE.matcher(word).results().map(MatchResult::group).toList();
            for (String syllable : syllables.isEmpty() ? List.of(word) : syllables) {
                long end = at + Math.round(TONE_SECONDS / speed * SAMPLE_RATE);
                if (end <= longest) {
                    tones.add(new Part(syllable, (int) at, (int) end));
                }
                at = Math.min(end, longest);
            }
            double rest = word.matches(".*[.!?:;]") ? SENTENCE_REST_SECONDS : WORD_GAP_SECONDS;
            at = Math.min(at + Math.round(rest / speed * SAMPLE_RATE), longest);
            words.add(new Part(word, (int) start, (int) at));
        }
        return new ToneSpeech(words, tones, (int) at);
    }

    /** @param variant the number of steps of the scale by which each tone is higher */
    public WaveAudio audio(int variant) {
        Buffer samples = Buffer.buffer(new byte[length * Short.BYTES]);
        tones.forEach(tone -> play(tone, samples, variant));
        return new WaveAudio(SAMPLE_RATE, samples, 1);
    }

    private static void play(Part tone, Buffer samples, int variant) {
        double radians = 2 * Math.PI * SCALE_HERTZ[Math.floorMod(tone.text().hashCode() + variant, SCALE_HERTZ.length)]
                / SAMPLE_RATE;
        int length = tone.to() - tone.from();
        for (int i = 0; i < length; i++) {
            double wave = Math.sin(radians * i) + 0.35 * Math.sin(2 * radians * i) + 0.15 * Math.sin(3 * radians * i);
            // The tone gets loud fast and then fades, so that there are no clicks.
            double attack = Math.min(1, i / (ATTACK_SECONDS * SAMPLE_RATE));
            double left = 1 - (double) i / length;
            samples.setShortLE((tone.from() + i) * Short.BYTES, (short) (LOUDNESS * attack * left * left * wave / 1.5));
        }
    }
}
