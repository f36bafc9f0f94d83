/**
 * The words that a server's filter has at first: insults to groups of people, obscenities and calls to harm in English
 * and Portuguese, without accents; with `*` all that begin so. None of them is a word of the King James Bible or of the
 * Republic, whose old ones (*ass*, *whore*, *bastard*, and *shittim* wood) stay.
 */
export const usualWords: readonly string[] = [
  // English
  ...[
    'fuck*',
    'motherfuck*',
    'shit',
    'shits',
    'shitty',
    'shitting',
    'shithead*',
    'shithole*',
    'bullshit*',
    'horseshit',
    'cunt*',
  ],
  ...['cocksuck*', 'dickhead*', 'asshole*', 'arsehole*', 'dumbass', 'jackass', 'bitch*'],
  ...['slut*', 'skank*', 'twat*', 'wank*', 'prick', 'pussy', 'pussies', 'tits', 'titties', 'jizz'],
  ...['cum', 'cums', 'cumshot*', 'blowjob*', 'handjob*', 'rimjob*', 'dildo*', 'porn*', 'hentai'],
  ...['milf*', 'creampie*', 'gangbang*', 'bukkake', 'masturbat*', 'jailbait', 'pedophil*'],
  ...['paedophil*', 'pedo', 'pedos', 'rapist*', 'nigger*', 'nigga*', 'faggot*', 'fag', 'fags'],
  ...['dyke*', 'tranny', 'trannies', 'shemale*', 'spic', 'spics', 'kike*', 'wetback*', 'gook*'],
  ...['chink', 'chinks', 'paki', 'pakis', 'raghead*', 'towelhead*', 'beaner*', 'coon', 'coons'],
  ...['retard', 'retards', 'retarded', 'kys', 'kill yourself', 'kill yourselves', 'sieg heil'],
  ...['heil hitler', 'white power', 'gas the jews'],
  // Portuguese
  ...[
    'porra',
    'caralh*',
    'cacete',
    'merda*',
    'bosta*',
    'puta',
    'putas',
    'putaria*',
    'puto',
    'putos',
  ],
  ...['fdp', 'pqp', 'vsf', 'vtnc', 'foda', 'fodas', 'fodase', 'fode', 'foder', 'fodid*', 'buceta*'],
  ...['boceta*', 'xoxota*', 'xereca*', 'piroca*', 'cu', 'cuzao', 'cuzinho', 'cuzoes', 'arrombad*'],
  ...['viado*', 'viadinho*', 'boiola*', 'baitola*', 'traveco*', 'sapatao', 'vadia*'],
  ...['punhet*', 'siririca*', 'corno', 'cornos', 'retardado*', 'retardada*', 'mongoloide*'],
  ...['estuprador*', 'pedofil*', 'se mata', 'se mate', 'vai se matar'],
];
