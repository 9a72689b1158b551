namespace Chat.Client.Programs;

/// <summary>Language and character set from the environment.</summary>
/// <param name="Language"><c>pt-BR</c> or <c>en</c>.</param>
/// <param name="IsUtf8">Whether the terminal shows more than ASCII.</param>
internal sealed record Locale(string Language, bool IsUtf8)
{
    public static Locale FromEnvironment() => From(Environment.GetEnvironmentVariable, OperatingSystem.IsWindows());

    public static Locale From(Func<string, string?> variable, bool isWindows) => new(
        First(variable, "LC_ALL", "LC_MESSAGES", "LANG").StartsWith("pt", StringComparison.OrdinalIgnoreCase) ? "pt-BR" : "en",
        isWindows || First(variable, "LC_ALL", "LC_CTYPE", "LANG").Replace("-", "", StringComparison.Ordinal).Contains("utf8",
            StringComparison.OrdinalIgnoreCase));

    private static string First(Func<string, string?> variable, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (variable(name) is { Length: > 0 } value) return value;
        return "";
    }
}
