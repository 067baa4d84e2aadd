/** Formats durations and times for the page. */

/** Formats milliseconds, for example "27 min 5 s". Negative values count as zero. */
export function duration(millis) {
    const seconds = Math.max(0, Math.round(millis / 1000));
    const days = Math.floor(seconds / 86400);
    const hours = Math.floor(seconds / 3600) % 24;
    const minutes = Math.floor(seconds / 60) % 60;
    if (days > 0) {
        return `${days} d ${hours} h`;
    }
    if (hours > 0) {
        return `${hours} h ${minutes} min`;
    }
    return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** The local time of day. */
export function time(millis) {
    return new Date(millis).toLocaleTimeString([], { hour12: false });
}

/** A restart of the application loses the answer, so it would never arrive. */
export function withinHalfAMinute(answer) {
    return Promise.race([answer, new Promise((resolve, reject) =>
        setTimeout(() => reject({ error: { message: 'no answer from the application' } }), 30_000))]);
}

export function accountLabel(name) {
    return name === '<default>' ? 'Default account' : name;
}
