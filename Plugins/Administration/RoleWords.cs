namespace Chat.Plugins.Administration;

/// <summary>The roles that an account can have, in both languages.</summary>
internal static class RoleWords
{
    public static readonly IReadOnlyList<LocalName> Choices = [new("membro", "pt-BR"), new("moderador", "pt-BR"), new("admin"), new("member", "en"), new("moderator", "en")];

    /// <summary>Also the role of those without an account.</summary>
    public static readonly IReadOnlyList<LocalName> All = [new("convidado", "pt-BR"), new("guest", "en"), .. Choices];

    /// <param name="word">One of <see cref="All"/>.</param>
    public static Role Parse(string word) => word switch
    {
        "convidado" or "guest" => Role.Guest,
        "membro" or "member" => Role.Member,
        "moderador" or "moderator" => Role.Moderator,
        "admin" => Role.Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "There is no such role."),
    };

    public static string In(string language, Role role) => (language, role) switch
    {
        ("en", _) => role.ToString().ToLowerInvariant(),
        (_, Role.Guest) => "convidado",
        (_, Role.Member) => "membro",
        (_, Role.Moderator) => "moderador",
        _ => "admin",
    };
}
