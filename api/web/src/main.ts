import { createApp } from 'vue'
import App from './App.vue'
import './ui/style.css'

createApp(App).mount('#app')
