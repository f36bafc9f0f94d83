import type { Words } from './en.ts';
import { listOf, numbers } from './format.ts';

const { whole, bits, decimal } = numbers('pt-BR');
const list = listOf('pt-BR');

/** At a time of the day: one o'clock is one hour, all others are many. */
const at = (time: string) => `${time.startsWith('01:') ? 'à' : 'às'} ${time}`;

/** All that the bot says, in Brazilian Portuguese. */
export const ptBr: Words = {
  whole,
  bits,
  decimal,
  list,
  // Each with its article, so that "de" goes before it as "d".
  titles: { bible: 'a Bíblia do Rei Jaime', plato: 'a República de Platão' },
  ownTitle: (name) => `o texto "${name}"`,
  day: (day) =>
    new Intl.DateTimeFormat('pt-BR', { dateStyle: 'long', timeZone: 'UTC' }).format(day),

  commands: {
    bible: 'Uma rede que aprendeu a Bíblia do Rei Jaime (em inglês) continua as suas palavras',
    plato: 'Uma rede que aprendeu a República de Platão (em inglês) continua as suas palavras',
    write: 'Uma rede que aprendeu outro texto continua as suas palavras',
    whose: 'Com qual dos livros um texto se parece (muitos para um)',
    daily: 'Um versículo por dia em um canal deste servidor',
    dailySet: 'Publicar um versículo todos os dias',
    dailyShow: 'O que é publicado, quando, e como foi',
    dailyPause: 'Não publicar nada até segunda ordem',
    dailyResume: 'Voltar a publicar',
    dailyRemove: 'Não publicar mais, e esquecer o que foi definido',
    dailyNow: 'Publicar um agora, para ver como fica',
    model: 'As redes que escrevem: tamanho, qualidade, idade, e como aprenderam',
    help: 'O que eu sei fazer',
    privacy: 'O que eu guardo, e por quanto tempo',
  },
  options: {
    seed: 'Com que palavras o texto começa',
    verses: 'Quantos versículos',
    sentences: 'Quantas frases',
    lines: 'Quantas linhas',
    temperature: '0 o texto mais provável, 1 como foi aprendido, acima de 1 mais solto',
    model: 'Outra rede, em vez da que está servindo',
    corpus: 'O texto que a rede aprendeu',
    text: 'Algumas palavras',
    channel: 'Onde publicar',
    time: 'Quando, por exemplo 08:30',
    timezone: 'De qual lugar é o relógio, por exemplo America/Sao_Paulo: digite uma cidade',
    book: 'De qual livro',
    kind: 'Escrito pela rede, ou tirado do próprio livro',
  },
  choices: {
    bible: 'Bíblia',
    plato: 'República',
    turns: 'Bíblia e República em dias alternados',
    written: 'escrito pela rede',
    real: 'do próprio livro',
  },
  buttons: { again: 'De novo', continue: 'Continuar', delete: 'Apagar' },

  written: {
    by: (network, run) => `Escrito por uma rede: ${network}, treino ${run}`,
    bits: (figure) => `${bits(figure)} bits por caractere`,
    quotes: (reference, length) => `cita ${reference}, ${whole(length)} caracteres`,
    borrows: (length) => `maior trecho tirado do livro: ${whole(length)} caracteres`,
    borrowsNothing: 'nada nele está no livro palavra por palavra',
    notCompared: (title) => `nada foi comparado: o texto d${title} não está nesta máquina`,
    readAs: (pairs) => `A rede leu ${pairs.map(({ from, to }) => `${from} como ${to}`).join(', ')}`,
    leftOut: (characters) => `A rede não conhece ${characters.join(' ')}`,
    madeNothing: 'A rede terminou o texto antes do primeiro caractere. Tente outra semente.',
  },
  references: {
    paragraph: (book, paragraph) => `${book}, parágrafo ${whole(paragraph)}`,
    plainParagraph: (paragraph) => `parágrafo ${whole(paragraph)}`,
    book: (numeral) => `Livro ${numeral}`,
  },

  refusals: {
    noNetwork: (title) =>
      `Nenhuma rede aprendeu ${title} ainda. Quem me opera pode treinar uma com \`escriba train\`.`,
    noNetworks:
      'Nenhuma rede aprendeu nada ainda. Quem me opera pode treinar uma com `escriba train bible`.',
    noSuchModel: (typed, title) =>
      `Não há uma rede "${typed}" para ${title}. Escolha uma das que ofereço enquanto você digita.`,
    noSuchCorpus: (typed, known) =>
      known.length > 0
        ? `Nenhuma rede aprendeu um texto chamado "${typed}". Existem: ${list(known)}.`
        : `Nenhuma rede aprendeu outro texto aqui ainda; só os livros têm comandos: /biblia e /platao. Quem me opera pode acrescentar um texto com \`escriba corpus add\` e treinar com ele.`,
    noText: (title, name) =>
      `O texto d${title} não está nesta máquina. Quem me opera pode buscá-lo com \`escriba corpus fetch ${name}\`.`,
    personCooldown: (when) => `Foi muita coisa em pouco tempo. Você pode pedir de novo ${when}.`,
    serverCooldown: (when) =>
      `Este servidor pediu muita coisa em pouco tempo. Pode pedir de novo ${when}.`,
    forgotten: 'Não tenho mais este texto: guardo cada um por trinta dias.',
    notYours: 'Só quem pediu este texto, ou um moderador, pode apagá-lo.',
    unknownCharacters:
      'Não há o que comparar: nenhum destes caracteres é conhecido por todas as redes.',
  },

  whose: {
    likeliest: (title) => `O texto que mais se parece com isso é **${title}**.`,
    only: (title) => `Só há uma rede aqui para perguntar: a d**${title}**.`,
    figure: (title, figure) => `${title}: ${bits(figure)} bits por caractere`,
    surprising: 'As palavras que mais surpreenderam a rede desse livro estão sublinhadas:',
    explained: (count) =>
      `Muitos para um: o texto inteiro entra, um número sai; menos bits, menos surpresa. Contado sobre os ${whole(count)} caracteres que todas as redes conhecem`,
  },

  daily: {
    header: { bible: 'Versículo do dia', plato: 'Trecho do dia' },
    nowHeader: { bible: 'Um versículo', plato: 'Um trecho' },
    set: (channel, time, zone, next) =>
      `A partir de agora publico em ${channel} todos os dias ${at(time)} (${zone}). A próxima vez é ${next} no seu relógio.`,
    badTime: (typed) => `"${typed}" não é uma hora do dia. Escreva como 08:30, ou 8h30.`,
    badZone: (typed) =>
      `Não conheço o fuso horário "${typed}". Escolha um dos que ofereço enquanto você digita, por exemplo America/Sao_Paulo.`,
    missing: (channel, permissions) =>
      `Não posso publicar em ${channel}: ${permissions.length === 1 ? 'falta' : 'faltam'} ${list(permissions)}. Me dê isso lá e tente de novo.`,
    permissions: {
      'view-channel': '"Ver canal"',
      'send-messages': '"Enviar mensagens"',
      'attach-files': '"Anexar arquivos"',
      'read-message-history': '"Ver histórico de mensagens"',
    },
    none: 'Ainda não há uma publicação diária aqui. `/diario definir` muda isso.',
    shown: (channel, time, zone, book, kind) =>
      `Todos os dias ${at(time)} (${zone}) em ${channel}: ${book}, ${kind}.`,
    next: (when) => `Próximo: ${when} no seu relógio`,
    late: (when) =>
      `Próximo: era para ${when}; publico assim que puder, até seis horas depois disso`,
    pausedOnRequest: 'Em pausa: `/diario retomar` continua.',
    pausedByRefusals:
      'Em pausa, porque o Discord recusou três vezes: veja se posso publicar lá, depois `/diario retomar`.',
    last: (when, link) => `Último: ${when}, ${link}`,
    noneYet: 'Último: nenhum ainda',
    lastError: (day, why) => `Último erro: ${day} foi pulado, ${why}`,
    noError: 'Último erro: nenhum',
    why: {
      missed: 'porque eu não estava funcionando até mais de seis horas depois da hora',
      changed: 'porque fui interrompido, e depois a publicação já não era a mesma',
      refused: 'porque o Discord recusou',
      unknown: 'porque fui interrompido e não sei dizer se foi publicado',
      failed: 'porque não havia o que publicar',
    },
    notMade: 'o texto não pôde ser escrito; o meu registro diz por quê',
    paused: 'Não publico nada até `/diario retomar`.',
    resumed: (when) => `Volto a publicar. A próxima vez é ${when} no seu relógio.`,
    removed: 'Não publico mais, e esqueci o que estava definido.',
    posted: (channel) =>
      `Publicado em ${channel}. Este foi um extra: o diário segue como foi definido.`,
    notPosted: (channel, why) => `O Discord não aceitou em ${channel}: ${why}`,
    maybePosted: (channel) => `O Discord não respondeu a tempo: olhe em ${channel}, pode estar lá.`,
    toldPaused: (channel) =>
      `Eu deveria publicar todos os dias em ${channel}, e o Discord recusou três vezes seguidas. Coloquei em pausa: veja se o canal existe e se posso vê-lo e escrever nele, depois use /diario retomar, ou /diario definir com outro canal.`,
  },

  model: {
    none: 'Nenhuma rede aprendeu nada ainda.',
    serves: (title, run) => `**${title}**, treino ${run}`,
    size: (network, parameters) => `${network}, ${whole(parameters)} números aprendidos`,
    figure: (figure) => `${bits(figure)} bits por caractere em capítulos que ela não leu`,
    noFigure: 'nunca avaliada em capítulos que não leu',
    made: (when, passes) => `feita ${when}, depois de ${decimal(passes)} leituras do livro`,
    onlyOne: 'a única rede deste livro',
    best: (count) => `a melhor de ${count} redes deste livro`,
    better: (run, figure) => `o treino ${run} é melhor: ${bits(figure)}`,
    training: (run, step, steps) =>
      steps === null
        ? `Treinando agora: treino ${run}, passo ${whole(step)}`
        : `Treinando agora: treino ${run}, passo ${whole(step)} de ${whole(steps)}`,
    paused: (run) => `O treino ${run} está esperando`,
    idle: 'Nada está sendo treinado',
    choice: (run, network, figure, serves) =>
      `treino ${run}: ${network}${figure === null ? '' : `, ${bits(figure)} bits`}${serves ? ', servindo agora' : ''}`,
    curve:
      'Bits por caractere ao longo das leituras do livro: linha fina durante o treino, pontos onde foi avaliada',
    axis: 'leituras do livro',
    unit: 'bits por caractere',
  },

  help: (names) =>
    [
      'Sou um escriba: pequenas redes em um único computador, que aprenderam livros letra por letra, continuam as suas palavras.',
      '',
      ...names.map(({ command, about }) => `**/${command}** ${about}`),
      '',
      'Sob cada texto: **De novo** escreve outro, **Continuar** segue adiante, **Apagar** o remove. Tudo o que escrevo diz que fui eu, e o que tem do livro palavra por palavra.',
    ].join('\n'),
  privacy: [
    '**O que eu guardo**',
    '- Os textos que escrevi para alguém, com a semente, os ajustes, e os ids de quem pediu, do canal e do servidor: por trinta dias, para que os botões funcionem. Depois são apagados.',
    '- O versículo diário de um servidor: o canal, a hora, e o id de quem definiu, até `/diario remover`; os dias em que foi publicado, em qual canal, e o texto, por noventa dias.',
    '- Nada mais: o que você escreve em `/dequem` não é guardado, e não leio mensagens além dos comandos que você me dá. Se sou interrompido ao publicar um versículo diário, eu o procuro entre as últimas mensagens do canal, e não guardo nenhuma delas.',
    '',
    'Tudo fica em um único arquivo no computador que me executa, e não vai para ninguém. Quando um servidor me remove, tudo dele é apagado na hora.',
  ].join('\n'),

  console: {
    welcome:
      'O bot como o Discord o mostraria. Digite /ajuda, ou /biblia semente:In the beginning; o número de um botão o pressiona; Ctrl-D sai.',
    unknown: 'Não há um comando assim. /ajuda mostra todos.',
    deleted: '(A mensagem se foi.)',
    onlyYou: '(Só você veria isto.)',
  },
};
