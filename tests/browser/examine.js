/*
 * Let axe examine the page. Contrast takes most of its time, over and over for the same rows of
 * lists: it is measured once in a run of the tests for each look of a text, which is all that
 * contrast depends on. Returns what axe told and the looks that it has measured now.
 */
async ({ options, measured }) => {
    const known = new Set(measured);
    const grounds = new Map();
    const ground = element => {
        if (!element) return "";
        if (!grounds.has(element)) {
            const style = getComputedStyle(element);
            const own = [
                style.backgroundColor, style.backgroundImage, style.opacity, style.position,
                style.filter, style.mixBlendMode, style.zIndex,
            ].join(" ");
            const plain = "rgba(0, 0, 0, 0) none 1 static none normal auto";
            const below = ground(element.parentElement);
            grounds.set(element, own === plain ? below : `${below}|${own}`);
        }
        return grounds.get(element);
    };
    const look = element => {
        const style = getComputedStyle(element);
        return [
            innerWidth, ground(element), style.color, style.fontSize, style.fontWeight,
            style.textShadow, style.webkitTextStroke,
        ].join(";");
    };
    const typed = "input, select, textarea, button";
    const showsText = element =>
        element.getClientRects().length > 0 &&
        (element.matches(typed) ||
            [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
    const told = await axe.run({ ...options, rules: { "color-contrast": { enabled: false } } });
    const fresh = [...document.body.querySelectorAll("*")].filter(
        element => showsText(element) && !known.has(look(element)),
    );
    if (!fresh.length) return { told, looks: [] };
    const contrast = await axe.run(
        { include: fresh },
        { runOnly: ["color-contrast"], resultTypes: ["violations", "passes"], elementRef: true },
    );
    // What axe passed over, because nobody sees it, is not measured.
    const looks = contrast.passes.flatMap(rule => rule.nodes.map(node => look(node.element)));
    for (const rule of contrast.violations) {
        for (const node of rule.nodes) delete node.element;
    }
    told.violations.push(...contrast.violations);
    return { told, looks: [...new Set(looks)] };
}
