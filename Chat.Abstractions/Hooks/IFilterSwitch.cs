namespace Chat;

/// <summary>Lets a plugin's own filters rest while there is nothing for them to look at: messages go past a resting filter at no cost. To be had everywhere in a plugin; all filters are awake at its start.</summary>
public interface IFilterSwitch
{
    /// <summary>From now on no message is shown to it.</summary>
    /// <exception cref="ArgumentException">The plugin declares no such filter.</exception>
    void Disable<T>() where T : IMessageFilter;

    /// <summary>Every message that comes from now on is shown to it.</summary>
    /// <inheritdoc cref="Disable" path="/exception"/>
    void Enable<T>() where T : IMessageFilter;
}
