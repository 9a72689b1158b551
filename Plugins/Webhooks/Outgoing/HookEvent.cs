namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>What an outgoing webhook can be told of.</summary>
internal enum HookEvent
{
    [Alias("message", "en")]
    Mensagem,

    [Alias("edited", "en")]
    Editada,

    [Alias("deleted", "en")]
    Apagada,

    [Alias("reaction", "en")]
    Reação,

    [Alias("joined", "en")]
    Entrou,

    [Alias("left", "en")]
    Saiu,
}
