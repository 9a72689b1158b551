using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>Plugins choose their codes freely, but the labels of a metric must be few, and no code may forge a log line.</summary>
internal static class RefusalLabel
{
    private static readonly HashSet<string> Known =
    [
        "ok", ConfirmationTable.RefusalCode, .. typeof(RefusalCode).GetFields().Select(f => (string)f.GetRawConstantValue()!),
    ];

    /// <summary>The code, or <c>refused</c> for any code that the daemon does not know.</summary>
    public static string Of(string code) => Known.Contains(code) ? code : "refused";
}
