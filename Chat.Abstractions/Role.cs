namespace Chat;

/// <summary>In ascending order: each role has every permission of the roles before it.</summary>
public enum Role
{
    /// <summary>Logged in without an account.</summary>
    [Alias("convidado", "pt-BR"), Alias("guest", "en")]
    Guest,

    /// <summary>A user with an account.</summary>
    [Alias("membro", "pt-BR"), Alias("member", "en")]
    Member,

    [Alias("moderador", "pt-BR"), Alias("moderator", "en")]
    Moderator,

    [Alias("admin")]
    Admin,
}
