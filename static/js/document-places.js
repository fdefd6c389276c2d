// An address from the time when the whole text was one page names a line of what is a chapter now.
const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (place?.matches(".document-contents a")) location.replace(place.href);
