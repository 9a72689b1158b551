namespace Chat;

/// <summary>Ascending: each holds every permission of those before it.</summary>
public enum Role
{
    /// <summary>Came by a name alone; known by the session, not by the name.</summary>
    Guest,

    /// <summary>Has an account.</summary>
    Member,

    Moderator,

    Admin,
}
