namespace Chat.Client.Programs;

/// <summary>What the environment says of language and letters.</summary>
/// <param name="Language"><c>pt-BR</c> or <c>en</c>.</param>
/// <param name="IsUtf8">Whether more than ASCII may be written.</param>
internal sealed record Locale(string Language, bool IsUtf8)
{
    public static Locale FromEnvironment() => From(Environment.GetEnvironmentVariable, OperatingSystem.IsWindows());

    public static Locale From(Func<string, string?> variable, bool isWindows) => new(
        First(variable, "LC_ALL", "LC_MESSAGES", "LANG").StartsWith("pt", StringComparison.OrdinalIgnoreCase) ? "pt-BR" : "en",
        isWindows || First(variable, "LC_ALL", "LC_CTYPE", "LANG").Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase));

    private static string First(Func<string, string?> variable, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (variable(name) is { Length: > 0 } value) return value;
        return "";
    }
}
