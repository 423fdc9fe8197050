import type { PlayerState } from './player';
import type { RecordingState } from './recording';
import type { SeenFault, SimulationChoice } from './simulation';

/** Which of the two receivers in the worker. */
export type Source = 'simulation' | 'recording';

/** What the page asks of the worker; a port is served by the receiver that it comes with. */
export type DemoRequest =
	/** First: the page's address, below which requests are made. */
	| { task: 'begin'; base: string }
	/** In place of the simulation before. */
	| { task: 'simulate'; run: number; choice: SimulationChoice; isPlaying: boolean; speed: number; port: MessagePort }
	/** In place of the recording before. */
	| { task: 'record'; run: number; file: Blob; port: MessagePort }
	/** Another way to a receiver that is there already. */
	| { task: 'connect'; source: Source; port: MessagePort }
	| { task: 'play'; isPlaying: boolean }
	| { task: 'speed'; speed: number }
	| { task: 'suspend'; isSuspended: boolean }
	| { task: 'step' }
	/** Sends at once what comes before a fault of this kind, and that; without one, everything that is left. */
	| { task: 'hurry'; until: SeenFault['kind'] | null }
	| { task: 'stop-reading' }
	| { task: 'close-recording' };

/** What the worker tells; `run` is that of the request which began it. */
export type DemoNews =
	| { about: 'simulation'; run: number; state: PlayerState }
	| { about: 'fault'; run: number; fault: SeenFault }
	| { about: 'recording'; run: number; state: RecordingState }
	| { about: 'failure'; run: number; message: string };
