"use strict";
// The token for a cookie that no script can read. It ends with the monitor, or after twelve hours.
document.getElementById("login").onsubmit = async (event) => {
  event.preventDefault();
  const wrong = document.getElementById("wrong");
  wrong.textContent = "";
  try {
    const answer = await fetch("/login", {
      method: "POST",
      headers: {Authorization: `Bearer ${document.getElementById("token").value.trim()}`},
    });
    if (answer.ok) {
      location.reload();
    } else {
      wrong.textContent = answer.status === 401 ? "This is not the token." : `The monitor answers ${answer.status}.`;
    }
  } catch (failure) {
    wrong.textContent = "The monitor does not answer.";
  }
};
