namespace Chat.Cli.Configuration;

/// <summary>The file that <c>chat config init</c> writes: every setting, commented out.</summary>
internal static class ConfigTemplate
{
    public static string Of(string language)
    {
        var name = $"config.{language}.json";
        using var stream = typeof(ConfigTemplate).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"The assembly has no {name}.", nameof(language));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
