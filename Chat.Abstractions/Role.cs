namespace Chat;

/// <summary>Ascending: each holds every permission of those before it.</summary>
public enum Role
{
    /// <summary>Came by a name alone; known by the session, not by the name.</summary>
    [Alias("convidado", "pt-BR"), Alias("guest", "en")]
    Guest,

    /// <summary>Has an account.</summary>
    [Alias("membro", "pt-BR"), Alias("member", "en")]
    Member,

    [Alias("moderador", "pt-BR"), Alias("moderator", "en")]
    Moderator,

    [Alias("admin")]
    Admin,
}
