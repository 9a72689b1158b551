namespace Chat;

/// <summary>A name beside the canonical one.</summary>
/// <param name="Language">Help and completion show this name to those who speak it (<c>pt-BR</c>, <c>en</c>); null: to nobody first. All names always work.</param>
public sealed record LocalizedName(string Name, string? Language = null)
{
    public static implicit operator LocalizedName(string name) => new(name);
}
