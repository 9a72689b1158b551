using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>A plugin chooses its codes freely; a label of a metric must not grow without bound, nor a line of the log be forged.</summary>
internal static class RefusalLabel
{
    private static readonly HashSet<string> Known =
    [
        "ok", CommandRefusal.Confirm, .. typeof(RefusalCode).GetFields().Select(f => (string)f.GetRawConstantValue()!),
    ];

    /// <summary>The code, or one for all of those that the daemon does not know.</summary>
    public static string Of(string code) => Known.Contains(code) ? code : "refused";
}
