/** Why runs are ended with their study; a search goes on after no other end. */
export const STOPPED_WITH_STUDY = 'Stopped with its study';
