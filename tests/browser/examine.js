/*
 * Let axe examine the page. Contrast takes most of its time, over and over for the same rows of
 * lists: it is measured once in a run of the tests for each look of a text, which is all that
 * contrast depends on. Returns the violations and the looks that it has measured now.
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
    const typed = "input:not([type=checkbox], [type=radio]), select, textarea, button";
    const showsText = element =>
        element.checkVisibility({ visibilityProperty: true }) &&
        (element.matches(typed) ||
            [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
    const { violations } = await axe.run({
        ...options,
        rules: { "color-contrast": { enabled: false } },
    });
    const fresh = [...document.body.querySelectorAll("*")].filter(
        element => showsText(element) && !known.has(look(element)),
    );
    if (!fresh.length) return { violations, looks: [] };
    const contrast = await axe.run(
        { include: fresh },
        {
            runOnly: ["color-contrast"],
            resultTypes: ["violations", "passes", "incomplete"],
            elementRef: true,
        },
    );
    const nodes = found => found.flatMap(rule => rule.nodes);
    // A picture behind a text is part of its look: what axe cannot tell of it, it never can.
    const onPicture = nodes(contrast.incomplete).filter(
        node => node.any[0]?.data?.messageKey === "bgImage",
    );
    // What axe passed over, because nobody sees it, is not measured.
    const looks = [...nodes(contrast.passes), ...onPicture].map(node => look(node.element));
    for (const node of nodes(contrast.violations)) delete node.element;
    return { violations: [...violations, ...contrast.violations], looks: [...new Set(looks)] };
}
