import { storeContract } from '../../test/store-contract';
import { MemoryStore } from './memory-store';

storeContract('memory', (conditions) => Promise.resolve(new MemoryStore(conditions)));
