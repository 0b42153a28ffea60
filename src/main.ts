/** Mounts the page with the real client: workers that read and count. */
import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';
import { createClient } from './pipeline/client.ts';

mount(App, { target: document.getElementById('app')!, props: { client: createClient() } });
