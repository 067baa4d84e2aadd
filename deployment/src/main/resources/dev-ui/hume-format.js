/** Durations and times as the page shows them. */

/** Such as "27 min 5 s", of milliseconds. Negative ones count as none. */
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

/** An answer that a restart of the application swallowed never comes. */
export function withinHalfAMinute(answer) {
    return Promise.race([answer, new Promise((resolve, reject) =>
        setTimeout(() => reject({ error: { message: 'no answer from the application' } }), 30_000))]);
}

export function accountLabel(name) {
    return name === '<default>' ? 'Default account' : name;
}
