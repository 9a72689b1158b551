using System.Globalization;

namespace Chat.Plugins.Administration;

/// <summary>How the daemon is doing, in the caller's language.</summary>
internal static class DiagnosticsTexts
{
    public static string NotYet(CommandContext to) =>
        In(to, "Ainda não há medidas. Tente de novo em alguns segundos.", "There are no measurements yet. Try again in a few seconds.");

    public static string NoUsers(CommandContext to) => In(to, "Nenhum usuário encontrado.", "No users found.");

    public static string Load(CommandContext to, LoadSample now)
    {
        string[] lines =
        [
            In(to, $"conexões {now.Connections}, sessões {now.Sessions}", $"connections {now.Connections}, sessions {now.Sessions}"),
            In(to, "mensagens", "messages") + $" {Number(now.Messages)}/s, "
                + In(to, "entregas", "deliveries") + $" {Number(now.Deliveries)}/s",
            $"commit {Latency(now.Commit)}, " + In(to, "entrega", "delivery") + $" {Latency(now.Delivery)}",
            In(to, "filas de saída", "outboxes") + $" {Bytes(now.OutboxBytes)}, "
                + In(to, $"clientes lentos {now.SlowConsumers}", $"slow consumers {now.SlowConsumers}"),
            In(to, "processador", "processor") + $" {Number(now.Cores * 100)} %, "
                + In(to, "memória", "memory") + $" {Bytes(now.Memory)}, "
                + In(to, $"pausas do GC {Milliseconds(now.Paused)}", $"GC pauses {Milliseconds(now.Paused)}"),
            In(to, "disco livre", "disk free") + $" {(now.DiskFree is { } free ? Bytes(free) : "?")}",
        ];
        return string.Join('\n', lines);
    }

    public static string User(CommandContext to, UserSummary user)
    {
        var role = Texts.RoleWord(to, user.User.Role);
        var state = user.Connections switch
        {
            0 => In(to, "desconectado", "offline"),
            1 => In(to, "1 conexão", "1 connection"),
            var many => In(to, $"{many} conexões", $"{many} connections"),
        };
        return $"{user.User} — {role}, {state}";
    }

    public static string Node(CommandContext to, NodeSummary node)
    {
        var since = node.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var begin = $"{node.Name} — chatd {node.Version}, " + In(to, "desde", "since") + $" {since}, ";
        if (node.Load is not { } load) return begin + In(to, "de prontidão", "stands by");
        return begin + In(to, "atende", "serves") + ": "
            + In(to, $"sessões {load.Sessions}, salas {load.Rooms}", $"sessions {load.Sessions}, rooms {load.Rooms}")
            + $", plugins {load.Plugins}"
            + (load.Cores is { } cores ? $", {In(to, "processador", "processor")} {Number(cores * 100)} %" : "");
    }

    public static string Swap(CommandContext to, PluginSwapSummary swap)
    {
        var outcome = swap.Outcome switch
        {
            "started" => In(to, $"{swap.After} iniciado", $"started {swap.After}"),
            "replaced" => In(to, $"{swap.Before} trocado por {swap.After}", $"replaced {swap.Before} by {swap.After}"),
            "removed" => In(to, $"{swap.Before} retirado", $"removed {swap.Before}"),
            _ => In(to, $"{swap.After} recusado", $"refused {swap.After}"),
        };
        var time = swap.Duration == TimeSpan.Zero ? "" : $" ({Milliseconds(swap.Duration)})";
        var reason = swap.Reason is null ? "" : $": {EscapedText.Of(swap.Reason)}";
        var at = swap.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"{at} {swap.Plugin} {outcome}{time}{reason}";
    }

    public static string Hook(CommandContext to, HookSummary hook)
    {
        var kind = hook.IsFilter ? In(to, "filtro", "filter") : In(to, "manipulador", "handler");
        var calls = string.Join(", ", hook.Calls.Where(call => call.Value > 0).Select(call => $"{call.Key} {call.Value}"));
        var ended = calls.Length == 0 ? "" : $", {calls}";
        return $"{hook.Plugin} {EscapedText.Of(hook.Hook)} — {kind}, {Milliseconds(hook.TotalTime)}{ended}";
    }

    private static string Latency(LatencySummary latency) => latency is { Median: { } median, P99: { } p99 }
        ? $"p50 {Milliseconds(median)}, p99 {Milliseconds(p99)}"
        : "—";

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.##} ms");

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.#} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.#} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
    };

    private static string In(CommandContext to, string portuguese, string english) => to.Language == "en" ? english : portuguese;
}
