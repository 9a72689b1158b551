namespace Chat;

/// <summary>Another name of a command, parameter or choice.</summary>
/// <param name="Language">
/// Help and completion show this name in this language (<c>pt-BR</c> or <c>en</c>); null to show it in none. Every name works in every
/// language.
/// </param>
public sealed record LocalizedName(string Name, string? Language = null)
{
    public static implicit operator LocalizedName(string name) => new(name);
}
