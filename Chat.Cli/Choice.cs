namespace Chat.Cli;

/// <summary>Values of settings that have a name each.</summary>
internal static class Choice
{
    /// <summary>False for anything but one of the names: a number, or a list of names.</summary>
    public static bool TryParse<T>(string text, out T value) where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out value) && text.Equals(Enum.GetName(value), StringComparison.OrdinalIgnoreCase);

    public static string Name<T>(T value) where T : struct, Enum => $"{value}".ToLowerInvariant();

    /// <summary>All names, as a user writes them.</summary>
    public static string Names<T>(string separator) where T : struct, Enum =>
        string.Join(separator, Enum.GetNames<T>()).ToLowerInvariant();
}
