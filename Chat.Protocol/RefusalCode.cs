namespace Chat.Protocol;

/// <summary>The codes of <c>error</c> frames, for programs. The text is for people.</summary>
public static class RefusalCode
{
    public const string BadFrame = "bad_frame";
    public const string FrameTooLong = "frame_too_long";
    public const string UnknownType = "unknown_type";
    public const string NotLoggedIn = "not_logged_in";
    public const string AlreadyLoggedIn = "already_logged_in";
    public const string WrongPassword = "wrong_password";
    public const string PasswordRequired = "password_required";
    public const string BadToken = "bad_token";
    public const string NameTaken = "name_taken";
    public const string BadName = "bad_name";
    public const string NotInRoom = "not_in_room";
    public const string NoSuchRoom = "no_such_room";
    public const string NoSuchUser = "no_such_user";
    public const string TooManyRooms = "too_many_rooms";
    public const string NoSuchCommand = "no_such_command";
    public const string BadArguments = "bad_arguments";
    public const string Forbidden = "forbidden";
    public const string RateLimited = "rate_limited";
    public const string Muted = "muted";
    public const string Banned = "banned";
    public const string Rejected = "rejected";
    public const string TextEmpty = "text_empty";
    public const string TextTooLong = "text_too_long";

    /// <summary>There is no message of that number, or it is gone.</summary>
    public const string NoSuchMessage = "no_such_message";

    public const string TooManyReactions = "too_many_reactions";

    /// <summary>The message log failed. The refused message is not in the log.</summary>
    public const string Storage = "storage";

    /// <summary>The outcome is unknown. Send again with the same <c>id</c>.</summary>
    public const string Unavailable = "unavailable";

    public const string CommandFailed = "command_failed";
    public const string Timeout = "timeout";

    /// <summary>The command's calls hold as many threads as they may. It was not run.</summary>
    public const string Busy = "busy";
}
