'use strict';

// Three views and a summary in one document. The URL selects the view, so back, forward and reload work.
(() => {
    const COLOURS = { brass: '#c9a35b', graphite: '#3b4144', moss: '#5f7158', ochre: '#cf8f3c', chalk: '#f6f2ea' };
    const SHADES = {
        Cone: 'M200 170 L268 290 L132 290 Z',
        Dome: 'M120 290 A80 92 0 0 1 280 290 Z',
        Globe: 'M200 180 A58 58 0 1 1 199.9 180 Z',
        Bell: 'M186 170 C186 230 140 240 126 292 L274 292 C260 240 214 230 214 170 Z',
    };
    const CORDS = { Black: '#23302b', Linen: '#cdbb98', Rust: '#b4622a' };
    const VIEWS = [
        { path: '/configurator', name: 'Shade', title: 'Design your own' },
        { path: '/configurator/shade', name: 'Colour', title: 'Choose a colour' },
        { path: '/configurator/cord', name: 'Cord', title: 'Choose a cord' },
        { path: '/configurator/summary', name: 'Summary', title: 'Your lamp' },
    ];
    const chosen = { shade: 'Cone', colour: 'moss', cord: 'Black' };
    const view = document.getElementById('view');
    const lamp = document.getElementById('lamp');

    const element = (tag, attributes, ...children) => {
        const made = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
        made.append(...children);
        return made;
    };

    const draw = () => {
        lamp.innerHTML = `<defs><radialGradient id="g"><stop offset="0" stop-color="#ffd98a" stop-opacity=".85"/>
            <stop offset="1" stop-color="#ffd98a" stop-opacity="0"/></radialGradient></defs>
            <ellipse cx="200" cy="300" rx="190" ry="120" fill="url(#g)"/>
            <path d="M200 0 V190" stroke="${CORDS[chosen.cord]}" stroke-width="4"/>
            <ellipse cx="200" cy="292" rx="40" ry="10" fill="#fff3d2"/>
            <path d="${SHADES[chosen.shade]}" fill="${COLOURS[chosen.colour]}"/>`;
    };

    const options = (key, names, swatch) => {
        const list = element('div', { class: 'options' });
        for (const name of names) {
            const button = element('button', { type: 'button', 'aria-pressed': chosen[key] === name, 'data-option': name });
            if (swatch) button.append(element('span', { class: 'dot', style: `background:${swatch[name]}` }));
            button.append(name);
            button.addEventListener('click', () => {
                chosen[key] = name;
                draw();
                for (const other of list.children) other.setAttribute('aria-pressed', other === button);
            });
            list.append(button);
        }
        return list;
    };

    const indexNow = () => Math.max(0, VIEWS.findIndex((candidate) => candidate.path === location.pathname));

    const show = () => {
        const index = indexNow();
        const now = VIEWS[index];
        document.title = `${now.title} – Lysverk`;
        const steps = element('ol', { class: 'steps' },
            ...VIEWS.map((step) => element('li', step === now ? { class: 'now' } : {}, step.name)));
        const body = [
            () => [options('shade', Object.keys(SHADES))],
            () => [options('colour', Object.keys(COLOURS), COLOURS)],
            () => [options('cord', Object.keys(CORDS), CORDS)],
            () => [element('p', { class: 'lead' }, `${chosen.shade} in ${chosen.colour} on a cord in ${chosen.cord.toLowerCase()}.`),
                element('p', { class: 'price large' }, '€ 219.00'),
                element('p', {}, 'Made for you in three weeks. Write to us and mention this page.')],
        ][index]();
        const actions = element('p', { class: 'actions' });
        if (index < VIEWS.length - 1) {
            const next = element('button', { type: 'button', class: 'button', id: 'next' }, `Next: ${VIEWS[index + 1].name.toLowerCase()}`);
            next.addEventListener('click', () => go(VIEWS[index + 1].path));
            actions.append(next);
        } else {
            actions.append(element('a', { class: 'button line', href: '/products' }, 'See the ready-made ones'));
        }
        view.replaceChildren(steps, element('h1', {}, now.title), ...body, actions);
        draw();
    };

    const go = (path) => {
        history.pushState(null, '', path);
        show();
    };

    addEventListener('popstate', show);
    show();
})();
