import type { Words } from './en.ts';
import { listOf, numbers } from './format.ts';

const { whole, bits, decimal } = numbers('pt-BR');
const list = listOf('pt-BR');

/** At a time of the day: one o'clock is one hour, all others are many. */
const at = (time: string) => `${time.startsWith('01:') ? 'à' : 'às'} ${time}`;
const characters = (count: number) => (count === 1 ? 'um caractere' : `${whole(count)} caracteres`);
const readings = (passes: number) =>
  `${decimal(passes)} ${passes < 2 ? 'leitura' : 'leituras'} do texto`;

const textsAndGames = (texts: number, hasPlayed: boolean) =>
  list([
    ...(texts > 0 ? [texts === 1 ? 'um texto' : `${whole(texts)} textos`] : []),
    ...(hasPlayed ? ['seus jogos', 'sua pontuação'] : []),
  ]);

/** With their prepositions, for they differ: `às segundas e aos sábados`. */
const weekdays = ['segundas', 'terças', 'quartas', 'quintas', 'sextas', 'sábados', 'domingos'].map(
  (day, place) => `${place < 5 ? 'às' : 'aos'} ${day}`,
);
const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** All that the bot says, in Brazilian Portuguese. */
export const ptBr: Words = {
  language: 'pt-BR',
  languageName: 'português',
  whole,
  bits,
  decimal,
  list,
  // With its article, so that "de" goes before it as "d".
  ownTitle: (name) => `o texto "${name}"`,
  day: (day) =>
    new Intl.DateTimeFormat('pt-BR', { dateStyle: 'long', timeZone: 'UTC' }).format(day),

  commands: {
    write: 'Uma rede que aprendeu outro texto continua as suas palavras',
    verse: 'Buscar um versículo real, por referência ou por palavras (em inglês)',
    whose: 'Descubra com qual livro um texto se parece',
    daily: 'Um versículo por dia em um canal deste servidor',
    dailySet: 'Publicar um versículo todos os dias',
    dailyShow: 'Ver a configuração e como foi a última publicação',
    dailyPause: 'Pausar o versículo diário',
    dailyResume: 'Voltar a publicar o versículo diário',
    dailyRemove: 'Parar o versículo diário e apagar a configuração',
    dailyNow: 'Publicar um agora, para ver como fica',
    settings:
      'Como me comporto neste servidor: idioma, textos, intervalo, filtro de palavras, aviso',
    settingsSet: 'Mudar os ajustes que você indicar',
    settingsShow: 'Ver os ajustes',
    settingsReset: 'Voltar aos ajustes de fábrica',
    game: 'Real ou inventado? Descubra qual versículo é do livro e qual a rede inventou',
    gamePlay: 'Um versículo real e um inventado: qual é o real?',
    gameScores: 'Quem acertou mais neste servidor',
    model: 'As redes que escrevem: tamanho, qualidade, idade e como aprenderam',
    help: 'O que eu sei fazer',
    privacy: 'O que eu guardo de você, e como receber ou apagar',
    privacyShow: 'O que eu guardo, e por quanto tempo',
    privacyExport: 'Receber em um arquivo tudo o que guardo de você',
    privacyDelete: 'Apagar tudo o que guardo de você',
  },
  examples: {
    write: '/escrever texto:poemas semente:Noite',
    verse: '/versiculo passagem:João 3:16-18',
    whose: '/de-quem texto:And it came to pass',
    game: '/jogo jogar',
    daily: '/diario definir canal:#versos hora:08:30 fuso:Recife tipo:real',
    settings: '/ajustes definir idioma:português',
    model: '/modelo',
    privacy: '/privacidade exportar',
  },
  options: {
    seed: 'Com que palavras o texto começa',
    lines: 'Quantas linhas',
    temperature: 'Ousadia: 0 é o mais previsível, 1 o normal, acima de 1 mais solto',
    model: 'Usar outra rede',
    corpus: 'O texto que a rede aprendeu',
    text: 'Algumas palavras',
    passage: 'Uma referência, como João 3:16-18 ou 1 Cor 13, ou palavras do texto (em inglês)',
    verseBook: 'Em qual livro (o normal é a Bíblia)',
    channel: 'Onde publicar',
    time: 'Quando, por exemplo 08:30',
    days: 'Em que dias, por exemplo dias úteis ou seg, qua (o normal é todos os dias)',
    look: 'Como texto, ou como imagem de uma página antiga (o normal é texto)',
    role: 'Um cargo para mencionar em cada publicação',
    publish: 'Em um canal de anúncios: enviar cada publicação a quem o segue',
    schedule: 'Qual das publicações diárias, se houver várias',
    scheduleToSet: 'Qual das publicações diárias mudar, ou uma nova (o normal é a desse canal)',
    timezone: 'Fuso horário, por exemplo America/Sao_Paulo: comece a digitar a cidade',
    book: 'De qual livro (o normal é a Bíblia)',
    language: 'O idioma das publicações e das respostas que todos veem',
    texts: 'Quais textos podem ser usados aqui, separados por vírgulas (o normal é todos)',
    cooldown: 'Quantos segundos cada pessoa espera entre dois textos (0: só o limite geral)',
    filter: 'Filtrar palavras do que as pessoas me dão e do que eu escrevo',
    words:
      'Mais palavras a filtrar, separadas por vírgulas; com * no fim, tudo o que começa assim; ou nenhuma',
    sign: 'Quanto digo embaixo de um texto inventado; que é inventado, digo sempre',
    what: 'De você, ou deste servidor (para quem pode gerenciá-lo)',
    kind: 'Versículos reais do livro, ou inventados pela rede',
  },
  choices: {
    written: 'inventado pela rede',
    real: 'real, do próprio livro',
    text: 'texto',
    card: 'imagem de uma página antiga',
    yes: 'sim',
    no: 'não',
    mine: 'tudo o que você guarda de mim',
    server: 'tudo o que você guarda deste servidor',
  },
  buttons: {
    again: 'De novo',
    change: 'Mudar…',
    continue: 'Continuar',
    delete: 'Apagar',
    really: 'O que está escrito de verdade',
  },

  written: {
    by: (disclaimer, network, run) =>
      `Inventado por uma rede neural, ${disclaimer} (${network}, treino ${run})`,
    sign: (disclaimer) => `Inventado por uma rede neural, ${disclaimer}`,
    disclaimer: 'não é do texto que ela aprendeu',
    invented: '(inventado)',
    bits: (figure) => `${bits(figure)} bits por caractere`,
    quotes: (reference, length) => `cita ${reference}, ${characters(length)}`,
    borrows: (length) => `maior trecho copiado do livro: ${characters(length)}`,
    borrowsNothing: 'nenhum trecho copiado do livro',
    notCompared: (title) =>
      `não foi comparado com o livro: o texto d${title} não está nesta máquina`,
    readAs: (pairs) => `A rede leu ${pairs.map(({ from, to }) => `${from} como ${to}`).join(', ')}`,
    leftOut: (unknown) => `A rede não conhece ${unknown.join(' ')}`,
    madeNothing: 'A rede terminou o texto antes do primeiro caractere. Tente outra semente.',
  },

  refusals: {
    noNetwork: (title) =>
      `Nenhuma rede aprendeu ${title} ainda. Quem me hospeda pode treinar uma com \`escriba train\`.`,
    noNetworks:
      'Nenhuma rede aprendeu nada ainda. Quem me hospeda pode treinar uma com `escriba train bible`.',
    noSuchModel: (typed, title) =>
      `Não há uma rede "${typed}" para ${title}. Escolha uma da lista que aparece enquanto você digita.`,
    noSuchCorpus: (typed, known, books) =>
      known.length > 0
        ? `Nenhuma rede aprendeu um texto chamado "${typed}". Existem: ${list(known)}.`
        : `Nenhuma rede aprendeu outro texto aqui ainda; os livros têm seus próprios comandos: ${list(books)}. Quem me hospeda pode acrescentar um texto com \`escriba corpus add\` e treinar com ele.`,
    noText: (title, name) =>
      `O texto d${title} não está nesta máquina. Quem me hospeda pode baixá-lo com \`escriba corpus fetch ${name}\`.`,
    personCooldown: (when) => `Foi muita coisa em pouco tempo. Você pode pedir de novo ${when}.`,
    serverCooldown: (when) =>
      `Este servidor pediu muita coisa em pouco tempo. Pode pedir de novo ${when}.`,
    tooMany: (minutes) =>
      `Há pedidos demais agora: levaria mais ou menos ${minutes === 1 ? 'um minuto' : `${whole(minutes)} minutos`} até chegar a sua vez. Tente de novo mais tarde.`,
    notThisServer: 'Quem me hospeda não me abriu para este servidor.',
    forgotten:
      'Não tenho mais este texto: guardo cada um por trinta dias, a menos que seja apagado antes.',
    notYours: 'Só quem pediu este texto, ou um moderador, pode apagá-lo.',
    noWords: 'Não há palavras nesta mensagem.',
    unknownCharacters:
      'Não há o que comparar: nenhum destes caracteres é conhecido por todas as redes.',
  },

  verse: {
    nothing: (typed, title) => `Não encontrei nada para "${typed}" n${title}.`,
    found: (count, typed, title) => `${title}: ${whole(count)} passagens têm "${typed}".`,
    more: (count) => `mais ${whole(count)}`,
  },

  whose: {
    likeliest: (title) => `Isso soa mais como **${title}**.`,
    hardToTell: (first, second) =>
      `Difícil dizer: pode ser tanto **${first}** quanto **${second}**.`,
    neither: () => 'Isso não soa como nenhum dos livros que eu li.',
    only: (title) => `Só há uma rede aqui para perguntar: **${title}**.`,
    figure: (title, figure) => `${title}: ${bits(figure)} bits por caractere`,
    surprising: 'As palavras que mais surpreenderam a rede estão sublinhadas:',
    explained: (count) =>
      `Muitos para um: o texto inteiro entra, um número sai; menos bits, menos surpresa. Calculado sobre ${count === 1 ? 'o único caractere' : `os ${whole(count)} caracteres`} que todas as redes conhecem`,
  },

  waiting: (ahead, seconds) =>
    `Já vou. ${ahead === 1 ? 'Há um pedido' : `Há ${whole(ahead)} pedidos`} antes do seu: mais ou menos ${whole(seconds)} segundos.`,

  form: {
    title: 'Escrever de outro jeito',
    seed: 'Com que palavras o texto começa',
    temperature: 'Ousadia (de 0 a 1,5)',
    figure: decimal,
  },

  game: {
    title: 'Real ou inventado?',
    question: (when) =>
      `Um destes está no livro; o outro foi inventado por uma rede neural. Qual é o real? A resposta sai ${when}.`,
    isReal: (choice) => `O ${choice} é real`,
    another: 'Mais uma rodada',
    right: (choice, reference, disclaimer) =>
      `**Acertou!** O ${choice} é real: ${reference}. O outro foi inventado por uma rede neural, ${disclaimer}.`,
    wrong: (choice, reference, disclaimer) =>
      `**Errou!** O real é o ${choice}: ${reference}. O seu foi inventado por uma rede neural, ${disclaimer}.`,
    surprise: (figures) =>
      `Quanto surpreendem a rede: ${list(figures.map((figure, place) => `o ${place + 1} em ${bits(figure)}`))} bits por caractere`,
    real: (reference) => `**Real**: ${reference}`,
    chosen: (choice) => `Você já escolheu: o ${choice}. A resposta sai daqui a pouco.`,
    saw: (players) => `Quem acertou: ${players}.`,
    fooled: (players) => `Quem errou: ${players}.`,
    nobodyChose: 'Ninguém escolheu.',
    notMade:
      'A rede não escreveu nada que servisse: copiou o livro ou não chegou ao fim. Tente de novo.',
    scores: 'Real ou inventado? O placar deste servidor',
    score: (rank, player, won, played) => `${rank}. ${player}: ${whole(won)} de ${whole(played)}`,
    noScores: 'Ninguém jogou aqui ainda: `/jogo jogar` começa uma rodada.',
    noScoresHere: 'O placar só existe em servidores que me adicionaram.',
  },

  daily: {
    invented: (title) => `${title} (inventado)`,
    inTurn: (titles) => `${list(titles)} em dias alternados`,
    days: (places) => {
      const known: Readonly<Record<string, string>> = {
        '0,1,2,3,4,5,6': 'todos os dias',
        '0,1,2,3,4': 'de segunda a sexta',
        '5,6': 'nos fins de semana',
      };
      return known[places.join()] ?? list(places.map((place) => weekdays[place] ?? ''));
    },
    set: (days, channel, time, zone, next) =>
      `A partir de agora vou publicar em ${channel} ${days}, ${at(time)} (${zone}). Próxima publicação: ${next} (no seu horário).`,
    oneOf: (number, count) => `Esta é a publicação diária ${number}; este servidor tem ${count}.`,
    numbered: (number) => `**Publicação diária ${number}**`,
    choice: (number, time, days, book) => `${number}: ${book}, ${days}, ${at(time)}`,
    allSchedules: 'todas',
    anotherSchedule: 'uma nova',
    which: (choices) =>
      ['Qual delas? Indique com `agenda:` e o número.', ...choices.map((each) => `- ${each}`)].join(
        '\n',
      ),
    noSchedule: (typed) =>
      `Não há uma publicação diária "${typed}" aqui. \`/diario mostrar\` lista todas, com os números.`,
    tooMany: (most) =>
      `Um servidor pode ter ${most} publicações diárias. Remova uma com \`/diario remover\` antes.`,
    badDays: (typed) =>
      `"${typed}" não indica nenhum dia. Escreva como dias úteis, seg a sex, ou sáb, dom.`,
    notPublished: (channel) =>
      `${channel} não é um canal de anúncios, então não dá para divulgar o que sai nele.`,
    everyone: 'Eu não menciono todo mundo. Escolha um cargo que as pessoas escolhem ter.',
    notMentionable: (role) =>
      `A menção a ${role} só notifica se você deixar qualquer pessoa mencionar o cargo (configurações do servidor, Cargos), ou me deixar mencionar todos os cargos.`,
    asCard: 'como imagem',
    mentions: (role) => `mencionando ${role}`,
    published: 'enviado a quem segue o canal',
    nothingSuits: (title) => `Nenhum trecho d${title} serve para uma publicação diária aqui.`,
    badTime: (typed) => `"${typed}" não é um horário válido. Escreva como 08:30, ou 8h30.`,
    badZone: (typed) =>
      `Não conheço o fuso horário "${typed}". Escolha um da lista que aparece enquanto você digita, por exemplo America/Sao_Paulo.`,
    whichZone: (typed, zones) =>
      `"${typed}" pode ser mais de um fuso horário: ${zones.join(', ')}. Escolha um da lista que aparece enquanto você digita.`,
    badBook: (typed) =>
      `Não tenho um texto chamado "${typed}". Escolha um da lista que aparece enquanto você digita.`,
    missing: (channel, permissions) =>
      `Não posso publicar em ${channel}: ${permissions.length === 1 ? 'falta' : 'faltam'} ${list(permissions)}. Me dê ${permissions.length === 1 ? 'essa permissão' : 'essas permissões'} no canal e tente de novo.`,
    permissions: {
      'view-channel': '"Ver canal"',
      'send-messages': '"Enviar mensagens"',
      'send-messages-in-threads': '"Enviar mensagens em tópicos"',
      'attach-files': '"Anexar arquivos"',
      'read-message-history': '"Ver histórico de mensagens"',
    },
    none: 'Ainda não há uma publicação diária aqui. `/diario definir` cria uma.',
    shown: (days, channel, time, zone, what) =>
      `${capital(days)}, ${at(time)} (${zone}) em ${channel}: ${what.join(', ')}.`,
    next: (when) => `Próxima: ${when} (no seu horário)`,
    late: (when) =>
      `Próxima: era para ${when}; publico assim que puder, com até seis horas de atraso`,
    pausedOnRequest: 'Em pausa: use `/diario retomar` para voltar.',
    pausedByRefusals: (count) =>
      `Em pausa, porque o Discord recusou ${count === 1 ? 'de vez' : `${whole(count)} vezes`}: verifique se tenho permissão para publicar lá e use \`/diario retomar\`.`,
    last: (when, link) => `Última: ${when}, ${link}`,
    noneYet: 'Última: nenhuma ainda',
    lastError: (day, why) => `Último erro: ${day}: não publicado, ${why}`,
    noError: 'Último erro: nenhum',
    why: {
      missed: 'fiquei fora do ar até mais de seis horas depois do horário',
      changed: 'fui interrompido, e depois a configuração já era outra',
      refused: 'o Discord recusou',
      unknown: 'fui interrompido e não sei dizer se foi publicado',
      failed: 'não havia o que publicar',
    },
    notMade: 'o texto não pôde ser escrito; o motivo está no meu log',
    paused: (count) =>
      `${count === 1 ? 'Pausado' : `Pausadas ${whole(count)} publicações diárias`}. Só volto a publicar com \`/diario retomar\`.`,
    resumed: (when) => `De volta. Próxima publicação: ${when} (no seu horário).`,
    removed: 'Parei de publicar e apaguei a configuração.',
    posted: (channel) =>
      `Publicado em ${channel}. Este foi um extra: o versículo diário continua no horário marcado.`,
    notPosted: (channel, why) => `O Discord recusou a publicação em ${channel}: ${why}`,
    maybePosted: (channel) =>
      `O Discord não respondeu a tempo: veja em ${channel}, pode ter sido publicado.`,
    toldGone:
      'O canal em que eu deveria publicar todos os dias não existe mais. Pausei a publicação diária: use /diario definir com outro canal, ou /diario remover.',
    refusal: {
      'channel-gone': 'o canal não existe mais',
      'no-permission': 'não tenho permissão para escrever lá',
      'auto-mod': 'o AutoMod deste servidor bloqueou a mensagem',
      'thread-closed': 'o tópico está fechado',
      'tag-needed': 'o fórum exige uma tag em cada publicação',
    },
    toldPaused: (channel) =>
      `Eu deveria publicar todos os dias em ${channel}, e o Discord recusou três vezes seguidas. Pausei: verifique se o canal ainda existe e se posso vê-lo e escrever nele, depois use /diario retomar, ou /diario definir com outro canal.`,
  },

  settings: {
    on: 'ligado',
    off: 'desligado',
    languages: {
      server: 'o idioma deste servidor no Discord',
      asker: 'o de cada pessoa',
    },
    signs: {
      full: 'completo (a rede, a medida dela, o que copiou)',
      short: 'curto (o que copiou)',
      shortest: 'mínimo (só que é inventado)',
    },
    inDiscord: (name) => `${name}, como este servidor está no Discord`,
    noneInDiscord: 'o de cada pessoa, pois este servidor não escolheu nenhum no Discord',
    allTexts: 'todos',
    kept: '**Salvo. Os ajustes deste servidor:**',
    asUsual: '**De volta aos ajustes de fábrica:**',
    manyWords: (most) => `São palavras demais: posso filtrar até ${most}.`,
    language: (name) => `Idioma: ${name}`,
    texts: (names) => `Textos: ${names}`,
    cooldown: (seconds) =>
      seconds === 0
        ? 'Intervalo: só o limite geral'
        : `Intervalo: cada pessoa espera ${seconds === 1 ? 'um segundo' : `${whole(seconds)} segundos`} entre dois textos`,
    filter: (filtered, words) => {
      if (!filtered) return 'Filtro de palavras: desligado';
      return words.length === 0
        ? 'Filtro de palavras: ligado, com a lista de fábrica'
        : `Filtro de palavras: ligado, com a lista de fábrica e ||${words.join(', ')}||`;
    },
    sign: (how) => `Aviso embaixo de um texto inventado: ${how}`,
    textOff: (title) => `Este servidor desligou ${title}.`,
    filteredWords: 'Há uma palavra aí que este servidor filtra.',
    filteredText: 'O que saiu tem uma palavra que este servidor filtra. Tente de novo.',
  },

  model: {
    none: 'Nenhuma rede aprendeu nada ainda.',
    serves: (title, run) => `**${title}**, treino ${run}`,
    size: (network, parameters) => `${network}, ${whole(parameters)} parâmetros`,
    figure: (figure) => `${bits(figure)} bits por caractere em partes que ela nunca leu`,
    noFigure: 'nunca avaliada em partes que ela não leu',
    made: (when, passes) => `feita ${when}, depois de ${readings(passes)}`,
    cameAlong: (passes) => `veio com o programa, depois de ${readings(passes)}`,
    onlyOne: 'a única rede deste texto',
    best: (count) => `a melhor de ${count} redes deste texto`,
    better: (run, figure) => `o treino ${run} é melhor: ${bits(figure)}`,
    training: (run, step, steps) =>
      steps === null
        ? `Treinando agora: treino ${run}, passo ${whole(step)}`
        : `Treinando agora: treino ${run}, passo ${whole(step)} de ${whole(steps)}`,
    paused: (run) => `O treino ${run} está em pausa`,
    idle: 'Nenhum treino em andamento',
    choice: (run, network, figure, serves) =>
      `treino ${run}: ${network}${figure === null ? '' : `, ${bits(figure)} bits por caractere`}${serves ? ', em uso agora' : ''}`,
    curve:
      'Bits por caractere ao longo das leituras do texto: linha fina durante o treino, pontos onde foi avaliada',
    axis: 'leituras do texto',
    unit: 'bits por caractere',
  },

  help: (names) =>
    [
      'Sou um escriba: pequenas redes neurais que aprenderam livros de poucas em poucas letras e continuam o que você escreve.',
      '',
      ...names.map(({ command, about, example }) => `${command} ${about}: \`${example}\``),
      '',
      'Embaixo de cada texto: **De novo** escreve outro, **Mudar** com outra semente, **Continuar** segue adiante, **Apagar** apaga. Todo texto avisa que foi inventado por uma rede e mostra o que copiou do livro.',
    ].join('\n'),
  privacy: {
    policy: [
      '**O que eu guardo**',
      '- Os textos que escrevi para alguém, com a semente, os ajustes e os ids de quem pediu, do canal e do servidor: por trinta dias, para que os botões funcionem.',
      '- Os ajustes de um servidor, até `/ajustes restaurar`. O versículo diário dele: o canal, a hora e o id de quem definiu, até `/diario remover`; os dias em que foi publicado, em qual canal, e o texto, por noventa dias.',
      '- O que você escolheu no `/jogo`, e as rodadas que você começou, por trinta dias; a sua pontuação em um servidor, até você apagá-la.',
      '- Nada mais: o que você escreve em `/de-quem` não é guardado, e não leio mensagens além dos comandos que você me dá e da mensagem que você escolhe no menu dela (o que **Continuar isto** continua é guardado como semente). Se sou interrompido ao publicar um versículo diário, eu o procuro entre as últimas mensagens do canal, e não guardo nenhuma delas.',
      '',
      'Tudo fica em um único arquivo no computador onde eu rodo, e não é compartilhado com ninguém. `/privacidade exportar` entrega tudo o que guardo de você, `/privacidade apagar` apaga (ou tudo do servidor, para quem pode gerenciá-lo), e **Apagar** embaixo de um texto apaga esse texto. Quando um servidor me remove, tudo dele é apagado na hora; se eu estava fora do ar, depois de sete dias.',
    ].join('\n'),
    nothing: 'Não guardo nada de você.',
    deletedId: 'Apagado: o seu id nas publicações diárias que você definiu. Elas continuam.',
    serverDeleted:
      'Apagados: os ajustes deste servidor, as publicações diárias, o placar e todos os textos que escrevi aqui. As mensagens ficam até você apagá-las.',
    notYours: 'Só quem pode gerenciar o servidor apaga o que guardo dele.',
    exported: (texts, hasPlayed) =>
      `Tudo o que guardo de você: ${textsAndGames(texts, hasPlayed)}.`,
    deleted: (texts, hasPlayed) =>
      `Apaguei: ${textsAndGames(texts, hasPlayed)}.${texts > 0 ? ' As mensagens ficam até você apagá-las.' : ''}`,
  },

  console: {
    welcome:
      'O bot como o Discord o mostraria. Digite /ajuda, ou /biblia semente:In the beginning; digite o número de um botão para apertá-lo; Ctrl-D sai.',
    unknown: 'Esse comando não existe. /ajuda mostra todos.',
    noButton: (number) =>
      `A última resposta não tem o botão ${number}, e os das anteriores não podem mais ser apertados aqui.`,
    form: '(Digite o que você muda: seed:Behold temperature:1.2)',
    deleted: '(Mensagem apagada.)',
    onlyYou: '(Só você veria isto.)',
  },
};
