namespace Chat.Cli.Configuration;

/// <summary>What the configuration file says.</summary>
internal sealed record Config
{
    /// <summary>For all runs.</summary>
    public ProfileOptions Defaults { get; init; } = new();

    /// <summary>By name, over <see cref="Defaults"/>.</summary>
    public IReadOnlyDictionary<string, ProfileOptions> Profiles { get; init; } = new Dictionary<string, ProfileOptions>();

    /// <summary>Why the file cannot be used; null if it can, or there is none.</summary>
    public string? Problem { get; init; }

    /// <param name="profile">Null for none.</param>
    public ProfileOptions Of(string? profile) =>
        profile is not null && Profiles.TryGetValue(profile, out var options) ? options.Over(Defaults) : Defaults;
}
