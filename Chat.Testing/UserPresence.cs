using Chat.Protocol;

namespace Chat.Testing;

/// <summary>Connects a user and joins their rooms. Not thread-safe.</summary>
internal sealed class UserPresence(string name, Role role, Failures failures) : IAsyncDisposable
{
    private readonly List<string> wanted = [];
    private readonly HashSet<string> entered = [];
    private UserConnection? connection;
    private string? language;
    private bool resumes;

    /// <summary>Whether the user left; they come back only when told to.</summary>
    public bool IsAway { get; private set; }

    /// <exception cref="ChatTestException">The user is not connected.</exception>
    public UserConnection Connection =>
        connection ?? throw failures.Of($"{name} is not connected. Await chat.User(\"{name}\").Enters() first.");

    /// <summary>Of the user's session; null before the first login.</summary>
    public string? Token { get; private set; }

    public string? Language
    {
        set => language = connection is null || language == value
            ? value
            : throw failures.Of($"{name} is already connected. Call Speaking(\"{value}\") where you first name the user.");
    }

    public void Want(string room)
    {
        if (!wanted.Contains(room)) wanted.Add(room);
    }

    public void IsOutOf(string room)
    {
        wanted.Remove(room);
        entered.Remove(room);
    }

    /// <returns>The refusal, or an empty reply.</returns>
    public async Task<DaemonFrame> EnterAsync(RunningDaemon daemon)
    {
        IsAway = false;
        if (connection is { IsOver: true }) await DisposeAsync();
        if (connection is null && await LoginAsync(daemon) is DaemonFrame.Error refusal) return refusal;
        foreach (var room in wanted.Except(entered).ToList())
        {
            if (await Connection.AskAsync(new ClientFrame.Join(room), $"{name} joining {room}") is DaemonFrame.Error closed) return closed;
            entered.Add(room);
        }
        return new DaemonFrame.Reply("");
    }

    public async Task LeaveAsync()
    {
        IsAway = true;
        if (connection is not { IsOver: false }) return;
        await connection.AskAsync(new ClientFrame.Logout(), $"{name}'s logout");
        await DisposeAsync();
    }

    /// <summary>Closes the connection. The next one resumes the session.</summary>
    public async Task BreakAsync()
    {
        resumes = connection is { IsOver: false };
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
        connection = null;
        entered.Clear();
    }

    private async Task<DaemonFrame> LoginAsync(RunningDaemon daemon)
    {
        if (role is not Role.Guest) await daemon.EnsureAccountAsync(name, role);
        connection = await UserConnection.OpenAsync(daemon.Port, failures);
        var login = new ClientFrame.Login(
            name, role is Role.Guest ? null : RunningDaemon.Password, Rooms: [], Client: "Chat.Testing", Lang: language);
        if (resumes && Token is not null) login = login with { User = null, Password = null, Token = Token };
        resumes = false;
        var answer = await connection.AskAsync(login, $"{name}'s login");
        Token = (answer as DaemonFrame.Welcome)?.Token ?? Token;
        if (answer is DaemonFrame.Error) await DisposeAsync();
        return answer;
    }
}
