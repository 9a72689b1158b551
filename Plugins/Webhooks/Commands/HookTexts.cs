using System.Globalization;
using Chat.Plugins.Webhooks.Incoming;
using Chat.Plugins.Webhooks.Outgoing;

namespace Chat.Plugins.Webhooks.Commands;

/// <summary>The answers of these commands, in the caller's language.</summary>
internal static class HookTexts
{
    public static string NewIncoming(CommandContext to, IncomingHook hook, string url) => In(
        to,
        $"Webhook {hook.Id} criado para a sala {hook.Room}. Endereço (mostrado só agora):\n{url}",
        $"Created the webhook {hook.Id} for the room {hook.Room}. Address (shown once):\n{url}");

    public static string NewOutgoing(CommandContext to, OutgoingHook hook) => In(
        to,
        $"Webhook {hook.Id} criado: {hook.Room} → {hook.Url.Host}. Um ping está a caminho; /webhook listar mostra se chegou. "
        + $"Segredo da assinatura (mostrado só agora):\n{hook.Secret}",
        $"Created the webhook {hook.Id}: {hook.Room} → {hook.Url.Host}. A ping is on its way; /webhook list shows whether it arrived. "
        + $"Signing secret (shown once):\n{hook.Secret}");

    /// <summary>Whoever writes in a room should know who else reads it.</summary>
    public static string Disclosure(CommandContext to, OutgoingHook hook) => In(
        to,
        $"O que acontece nesta sala agora também é enviado para {hook.Url.Host} ({EventsOf(to, hook)}).",
        $"What happens in this room is now also sent to {hook.Url.Host} ({EventsOf(to, hook)}).");

    public static string TooMany(CommandContext to, int most) => In(
        to, $"Já há {most} webhooks deste tipo. Remova um com /webhook remover.",
        $"There are already {most} webhooks of this kind. Remove one with /webhook remove.");

    public static string BadUrl(CommandContext to) => In(
        to, "O endereço deve começar com https://, sem usuário e senha, e com a porta padrão ou uma a partir de 1024.",
        "The address must begin with https://, without a user and a password, and with the usual port or one from 1024 on.");

    public static string NoHttp(CommandContext to) => In(
        to,
        "Por http, qualquer um no caminho leria as mensagens. Use https://, ou ponha \"allowHttp\": true em Plugins/Webhooks.json.",
        "Over http, anybody on the way could read the messages. Use https://, or set \"allowHttp\": true in Plugins/Webhooks.json.");

    public static string NoSuchHook(CommandContext to, string id) => In(
        to, $"Nenhum webhook daqui se chama \"{id}\". /webhook listar mostra os que há.",
        $"No such webhook: \"{id}\". /webhook list shows those that exist.");

    public static string None(CommandContext to) => In(to, "Não há webhooks.", "There are no webhooks.");

    public static string Removed(CommandContext to, string id) => In(to, $"Webhook {id} removido.", $"Removed the webhook {id}.");

    public static string NoFailures(CommandContext to, string id) =>
        In(to, $"O webhook {id} não tem falhas.", $"The webhook {id} has no failures.");

    public static string Retrying(CommandContext to, string id, int waiting) => In(
        to, $"Webhook {id}: {waiting} a entregar.", $"Webhook {id}: {waiting} to deliver.");

    public static string Line(CommandContext to, IncomingHook hook) =>
        In(to, $"{hook.Id} entrada → {hook.Room} [{hook.Name}]", $"{hook.Id} in → {hook.Room} [{hook.Name}]");

    public static string Line(CommandContext to, OutgoingHook hook, int waiting, int failed, BackOff? backOff)
    {
        var state = In(to, $"{waiting} esperando, {failed} falhas", $"{waiting} waiting, {failed} failed");
        var next = backOff is null ? "" : In(
            to, $"; a última tentativa falhou ({Reason(to, backOff.Reason)}), a próxima é às {Time(backOff.Until)}",
            $"; the last try failed ({Reason(to, backOff.Reason)}), the next is at {Time(backOff.Until)}");
        var direction = In(to, "saída", "out");
        return $"{hook.Id} {direction} {hook.Room} → {hook.Url.Host} ({EventsOf(to, hook)}): {state}{next}";
    }

    public static string Line(CommandContext to, Failure failure)
    {
        var what = failure.Happening.What is { } of ? EventOf(to, of) : "ping";
        var seq = failure.Happening.Seq is { } number ? string.Create(CultureInfo.InvariantCulture, $" #{number}") : "";
        return $"{Time(failure.Happening.At)} {what}{seq} {failure.Happening.From}: {Reason(to, failure.Reason)}";
    }

    private static string EventsOf(CommandContext to, OutgoingHook hook) =>
        string.Join(", ", hook.Events.Select(what => EventOf(to, what)));

    private static string EventOf(CommandContext to, HookEvent what) => what switch
    {
        HookEvent.Mensagem => In(to, "mensagem", "message"),
        HookEvent.Editada => In(to, "editada", "edited"),
        HookEvent.Apagada => In(to, "apagada", "deleted"),
        HookEvent.Reação => In(to, "reação", "reaction"),
        HookEvent.Entrou => In(to, "entrou", "joined"),
        _ => In(to, "saiu", "left"),
    };

    private static string Reason(CommandContext to, string code) => code switch
    {
        "timeout" => In(to, "não respondeu em 10 s", "no answer within 10 s"),
        "connection" => In(to, "sem conexão", "no connection"),
        "no_such_host" => In(to, "servidor desconhecido", "unknown host"),
        "tls" => In(to, "certificado ou TLS recusado", "certificate or TLS refused"),
        "redirect" => In(to, "redireciona, e não seguimos", "redirects, which is not followed"),
        "private_address" => In(to, "endereço privado", "private address"),
        "queue_full" => In(to, "fila cheia", "queue full"),
        "error" => In(to, "erro interno, veja o registro", "internal error, see the log"),
        _ => code.Replace('_', ' ').ToUpperInvariant(), // HTTP 404
    };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string In(CommandContext to, string portuguese, string english) => to.Language == "en" ? english : portuguese;
}
